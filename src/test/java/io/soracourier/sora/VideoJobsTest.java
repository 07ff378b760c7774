package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.soracourier.sora.SoraException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoJobsTest {
  private static final JobId TASK = new JobId("task_01k742sg3vabcdefghjkmnpqrs");
  private static final JobId VIDEO = new JobId("video_69800e80a1b2819089abcdef01234567");

  private final Scripted client = new Scripted();

  @ParameterizedTest
  @CsvSource({"task_1, sora-1", "video_1, videos", "other_1, videos"})
  void knownJob_isRequestedOnceFromItsLikelyApi(String id, String name) {
    VideoApi api = VideoApis.named(name).orElseThrow();
    assertThat(jobs(SoraConfig.AUTO).find(new JobId(id), null).api()).isEqualTo(api);
    assertThat(client.asked).containsExactly(api);
  }

  @Test
  void jobUnknownToTheLikelyApi_isFoundAtTheOther() {
    client.fail(VideoApis.SORA_1, Kind.NOT_FOUND);

    assertThat(jobs(SoraConfig.AUTO).find(TASK, null).api()).isEqualTo(VideoApis.VIDEOS);
    assertThat(client.asked).containsExactly(VideoApis.SORA_1, VideoApis.VIDEOS);
  }

  @ParameterizedTest
  @EnumSource(names = {"RETIRED", "MODERATED", "THROTTLED", "UNAVAILABLE"})
  void otherFailureOfTheLikelyApi_isNotProbed(Kind kind) {
    client.fail(VideoApis.VIDEOS, kind);

    assertThatThrownBy(() -> jobs(SoraConfig.AUTO).find(VIDEO, null))
        .isSameAs(client.failures.get(VideoApis.VIDEOS));
    assertThat(client.asked).containsExactly(VideoApis.VIDEOS);
  }

  @ParameterizedTest
  @CsvSource({
    "200, WRONG_ENDPOINT",
    "302, WRONG_ENDPOINT",
    "403, DENIED",
    "405, REJECTED",
    "400, REJECTED",
    "200, UNREADABLE"
  })
  void responseThatIsNotOfTheLikelyApi_leadsToTheOther(int status, Kind kind) {
    client.fail(VideoApis.SORA_1, kind, status);

    assertThat(jobs(SoraConfig.AUTO).find(TASK, null).api()).isEqualTo(VideoApis.VIDEOS);
    assertThat(client.asked).containsExactly(VideoApis.SORA_1, VideoApis.VIDEOS);
  }

  @Test
  void keyThatIsRefused_isNotTriedAtTheOtherApi() {
    client.fail(VideoApis.SORA_1, Kind.DENIED, 401);

    assertThatThrownBy(() -> jobs(SoraConfig.AUTO).find(TASK, null))
        .isSameAs(client.failures.get(VideoApis.SORA_1));
    assertThat(client.asked).containsExactly(VideoApis.SORA_1);
  }

  /** What may end a job ends it only where the server has the API. */
  @ParameterizedTest
  @CsvSource({
    "WRONG_ENDPOINT, NOT_FOUND, NOT_FOUND",
    "WRONG_ENDPOINT, WRONG_ENDPOINT, WRONG_ENDPOINT",
    "WRONG_ENDPOINT, REJECTED, WRONG_ENDPOINT",
    "REJECTED, WRONG_ENDPOINT, WRONG_ENDPOINT",
    "REJECTED, NOT_FOUND, NOT_FOUND",
    "REJECTED, REJECTED, REJECTED",
    "DENIED, NOT_FOUND, DENIED",
    "UNREADABLE, NOT_FOUND, UNREADABLE",
    "NOT_FOUND, DENIED, DENIED",
    "NOT_FOUND, UNREADABLE, UNREADABLE",
    "NOT_FOUND, EXPIRED, EXPIRED",
    "NOT_FOUND, RETIRED, RETIRED",
    "NOT_FOUND, MODERATED, MODERATED",
    "REJECTED, DENIED, DENIED",
    "WRONG_ENDPOINT, DENIED, DENIED",
    "WRONG_ENDPOINT, EXPIRED, EXPIRED",
  })
  void jobThatNeitherApiGives_fails(Kind first, Kind second, Kind expected) {
    client.fail(VideoApis.SORA_1, first, 403).fail(VideoApis.VIDEOS, second);

    SoraException failure =
        catchThrowableOfType(SoraException.class, () -> jobs(SoraConfig.AUTO).find(TASK, null));

    assertThat(failure.kind()).isEqualTo(expected);
    assertThat(failure).hasMessageContaining("COURIER_SORA_API");
    assertThat(failure.attempts()).hasSize(2);
  }

  /** A page is of a login, or of a proxy: the server has the API of a job that it has given. */
  @ParameterizedTest
  @EnumSource(names = {"NOT_FOUND", "WRONG_ENDPOINT", "REJECTED", "DENIED"})
  void apiThatHasGivenTheJobBefore_isTheOnlyOneRequested(Kind kind) {
    client.fail(VideoApis.VIDEOS, kind, 403);

    assertThatThrownBy(() -> jobs(SoraConfig.AUTO).find(TASK, VideoApis.VIDEOS))
        .isSameAs(client.failures.get(VideoApis.VIDEOS));
    assertThat(client.asked).containsExactly(VideoApis.VIDEOS);
  }

  @Test
  void apiThatIsSet_isRequestedWhateverHasGivenTheJob() {
    jobs("videos").find(TASK, VideoApis.SORA_1);

    assertThat(client.asked).containsExactly(VideoApis.VIDEOS);
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "UNAVAILABLE"})
  void otherApiThatCannotBeReached_leavesTheJobUndecided(Kind kind) {
    client.fail(VideoApis.SORA_1, Kind.NOT_FOUND).fail(VideoApis.VIDEOS, kind);

    assertThatThrownBy(() -> jobs(SoraConfig.AUTO).find(TASK, null))
        .isSameAs(client.failures.get(VideoApis.VIDEOS));
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_FOUND", "REJECTED", "WRONG_ENDPOINT"})
  void jobThatNeitherApiKnows_isNotFoundWithBothResponses(Kind second) {
    client.fail(VideoApis.SORA_1, Kind.NOT_FOUND).fail(VideoApis.VIDEOS, second);

    SoraException failure =
        catchThrowableOfType(SoraException.class, () -> jobs(SoraConfig.AUTO).find(TASK, null));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure).hasMessage("sora-1 failed; videos failed");
    assertThat(failure.attempts())
        .extracting(Attempt::request)
        .containsExactly("GET /sora-1", "GET /videos");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sora-1", "videos"})
  void apiThatWasSet_isTheOnlyOneUsed(String setting) {
    VideoApi api = VideoApis.named(setting).orElseThrow();
    client.fail(api, Kind.NOT_FOUND);

    assertThatThrownBy(() -> jobs(setting).find(TASK, null)).isSameAs(client.failures.get(api));
    assertThatThrownBy(() -> jobs(setting).find(VIDEO, null)).isSameAs(client.failures.get(api));
    assertThat(client.asked).containsExactly(api, api);
  }

  private VideoJobs jobs(String api) {
    return new VideoJobs(client, new Config(api));
  }

  private static final class Config extends SoraDefaults {
    private final String api;

    Config(String api) {
      this.api = api;
    }

    @Override
    public String api() {
      return api;
    }
  }

  /** Knows every job, at both APIs, unless told to fail. */
  private static final class Scripted extends SoraClient {
    private final Map<VideoApi, SoraException> failures = new HashMap<>();
    private final List<VideoApi> asked = new ArrayList<>();

    Scripted() {
      super(
          Endpoint.parse("https://r.openai.azure.com"),
          null,
          null,
          null,
          null,
          new Config(SoraConfig.AUTO),
          null,
          null);
    }

    Scripted fail(VideoApi api, Kind kind) {
      return fail(api, kind, 404);
    }

    Scripted fail(VideoApi api, Kind kind, int status) {
      Attempt attempt = new Attempt("GET /" + api, status, "failed");
      failures.put(api, new SoraException(kind, List.of(attempt), null, api + " failed", null));
      return this;
    }

    @Override
    public VideoJob job(JobId id, VideoApi api) {
      asked.add(api);
      if (failures.containsKey(api)) {
        throw failures.get(api);
      }
      return new VideoJob(
          id,
          api,
          JobState.UNFINISHED,
          "queued",
          Optional.empty(),
          JobTimes.NONE,
          List.of(),
          null,
          Optional.empty(),
          null);
    }
  }
}
