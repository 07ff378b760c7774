package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.soracourier.simulator.MutableClock;
import io.soracourier.sora.SoraException.Kind;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobReaderTest {
  private static final JobId TASK = new JobId("task_01k742sg3vabcdefghjkmnpqrs");
  private static final JobId VIDEO = new JobId("video_69800e80a1b2819089abcdef01234567");
  private static final URI ASKED = URI.create("https://r.openai.azure.com/openai/v1/asked");

  private final JobReader reader =
      new JobReader(
          Endpoint.parse("https://r.openai.azure.com"),
          new SoraErrors(MutableClock.at("2026-11-22T10:00:00Z")));

  @Test
  void sora1Job_isReadWithAllItSays() {
    VideoJob job =
        sora1(
            """
            {"object":"video.generation.job","id":"task_01k742sg3vabcdefghjkmnpqrs","status":"succeeded",
             "created_at":1760000000,"finished_at":1760000034,"expires_at":1760086434,
             "generations":[{"object":"video.generation","id":"gen_01k742tdqrabcdefghjkmnpqrs",
               "job_id":"task_01k742sg3vabcdefghjkmnpqrs","created_at":1760000032,
               "width":480,"height":360,"n_seconds":5,"prompt":"a paper boat"}],
             "prompt":"a paper boat","model":"my-sora","n_variants":1,"n_seconds":5,"height":480,"width":480,
             "failure_reason":null}""");

    assertThat(job.id()).isEqualTo(TASK);
    assertThat(job.api()).isEqualTo(VideoApis.SORA_1);
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.createdAt()).contains(Instant.ofEpochSecond(1760000000));
    assertThat(job.finishedAt()).contains(Instant.ofEpochSecond(1760000034));
    assertThat(job.expiresAt()).contains(Instant.ofEpochSecond(1760086434));
    assertThat(job.failureReason()).isEmpty();
    assertThat(job.generations())
        .containsExactly(
            new Generation(
                "gen_01k742tdqrabcdefghjkmnpqrs",
                URI.create(
                    "https://r.openai.azure.com/openai/v1/video/generations/gen_01k742tdqrabcdefghjkmnpqrs/content/video?api-version=preview"),
                480,
                360,
                5));
  }

  @Test
  void video_isReadWithAllItSays() {
    VideoJob job =
        video(
            """
            {"id":"video_69800e80a1b2819089abcdef01234567","object":"video","created_at":1770000000,
             "status":"completed","completed_at":1770000058,"error":null,"expires_at":1770086400,
             "model":"sora-2","progress":100,"prompt":"a paper boat","seconds":"4","size":"1280x720"}""");

    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.status()).isEqualTo("completed");
    assertThat(job.finishedAt()).contains(Instant.ofEpochSecond(1770000058));
    assertThat(job.expiresAt()).contains(Instant.ofEpochSecond(1770086400));
    assertThat(job.generations())
        .containsExactly(
            new Generation(
                VIDEO.value(),
                URI.create(ASKED.resolve("videos/" + VIDEO + "/content").toString()),
                1280,
                720,
                4));
  }

  @Test
  void optionalFieldsAbsent_areUnknown() {
    VideoJob job =
        sora1("{\"status\":\"succeeded\",\"generations\":[{\"id\":\"gen_1\",\"job_id\":\"t\"}]}");

    assertThat(job.createdAt()).isEmpty();
    assertThat(job.finishedAt()).isEmpty();
    assertThat(job.expiresAt()).isEmpty();
    assertThat(job.generations()).extracting(Generation::width).containsOnlyNulls();
    assertThat(video("{\"status\":\"completed\"}").generations())
        .extracting(Generation::id)
        .containsExactly(VIDEO.value());
  }

  @Test
  void generationWithoutSize_hasTheJobs() {
    VideoJob job =
        sora1(
            "{\"status\":\"succeeded\",\"generations\":[{\"id\":\"gen_1\"}],\"width\":1920,\"height\":1080,\"n_seconds\":20}");

    assertThat(job.generations())
        .extracting(Generation::width, Generation::height, Generation::seconds)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(1920, 1080, 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"succeeded\"}",
        "{\"status\":\"succeeded\",\"generations\":null}",
        "{\"status\":\"succeeded\",\"generations\":[]}",
        "{\"status\":\"succeeded\",\"generations\":[null,{},{\"id\":null}]}"
      })
  void noGeneration_isIgnored(String body) {
    assertThat(sora1(body).generations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../secrets", "gen/1", "gen_1?x", ""})
  void generationWithAMalformedId_hasNoAddress(String id) {
    VideoJob job = sora1("{\"status\":\"succeeded\",\"generations\":[{\"id\":\"" + id + "\"}]}");

    assertThat(job.generations()).extracting(Generation::content).containsOnlyNulls();
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "'\"8\"', 8", "'\"12s\"', ", "'\"\"', ", "null, ", "'\"99999999999\"', "})
  void seconds_areANumberInAStringOrNot(String json, Integer seconds) {
    assertThat(video("{\"status\":\"completed\",\"seconds\":" + json + "}").generations())
        .extracting(Generation::seconds)
        .containsExactly(seconds);
  }

  @ParameterizedTest
  @CsvSource({"1280x720, 1280, 720", "1280*720, , ", "x, , ", "1280x, , ", "1x2x3, , ", "axb, , "})
  void size_isTwoNumbersOrUnknown(String size, Integer width, Integer height) {
    assertThat(video("{\"status\":\"completed\",\"size\":\"" + size + "\"}").generations())
        .extracting(Generation::width, Generation::height)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(width, height));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "1760000000000", "9223372036854775807", "null"})
  void timeThatIsNotATime_isUnknown(String json) {
    assertThat(sora1("{\"status\":\"queued\",\"expires_at\":" + json + "}").expiresAt()).isEmpty();
    assertThat(video("{\"status\":\"queued\",\"expires_at\":" + json + "}").expiresAt()).isEmpty();
  }

  @Test
  void failureOfEitherApi_isRead() {
    VideoJob sora1 = sora1("{\"status\":\"failed\",\"failure_reason\":\"input_moderation\"}");
    VideoJob video =
        video(
            "{\"status\":\"failed\",\"error\":{\"code\":\"moderation_blocked\",\"message\":\"Your request was blocked.\",\"misalignment\":{}}}");

    assertThat(sora1.failureReason()).contains("input_moderation");
    assertThat(sora1.moderated()).isTrue();
    assertThat(video.failureReason()).contains("moderation_blocked");
    assertThat(video.failureMessage()).contains("Your request was blocked.");
    assertThat(video.moderated()).isTrue();
  }

  @Test
  void errorThatIsASentence_isTheMessage() {
    VideoJob video = video("{\"status\":\"failed\",\"error\":\"out of capacity\"}");

    assertThat(video.failureReason()).isEmpty();
    assertThat(video.failureMessage()).contains("out of capacity");
    assertThat(video("{\"status\":\"completed\",\"error\":\"\"}").failureMessage()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "input_moderation, true",
    "output_moderation, true",
    "MODERATION_BLOCKED, true",
    "internal_error, false",
    "face_upload_not_allowed, false",
  })
  void moderation_isRecognisedByTheReasonInAnyLocale(String reason, boolean moderated) {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThat(sora1("{\"status\":\"failed\",\"failure_reason\":\"" + reason + "\"}").moderated())
          .isEqualTo(moderated);
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void wordsOfTheService_areCleanedForAMessage() {
    String words = "a\\r\\nb\\ud800" + "x".repeat(10_000);

    VideoJob sora1 = sora1("{\"status\":\"" + words + "\",\"failure_reason\":\"" + words + "\"}");
    VideoJob video =
        video(
            "{\"status\":\"failed\",\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}"
                .formatted(words, words));

    assertThat(
            java.util.List.of(
                sora1.status(),
                sora1.failureReason().orElseThrow(),
                video.failureReason().orElseThrow(),
                video.failureMessage().orElseThrow()))
        .allSatisfy(text -> assertThat(text).startsWith("a b\ufffdxxx").hasSizeLessThan(600));
    assertThat(sora1.state()).isEqualTo(JobState.UNFINISHED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"succeeded\"",
        "{}",
        "{\"status\":null}",
        "{\"status\":7}",
        "{\"status\":{\"a\":1}}",
        "{\"status\":\"succeeded\",\"generations\":7}"
      })
  void otherJsonThanTheApis_isReportedWithTheBody(String body) {
    assertThatThrownBy(() -> sora1(body))
        .isInstanceOfSatisfying(
            SoraException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageEndingWith(
            "GET /openai/v1/asked answered 200 with not the JSON of this API: " + body);
  }

  private VideoJob sora1(String body) {
    return reader.read(TASK, VideoApis.SORA_1, answer(body));
  }

  private VideoJob video(String body) {
    return reader.read(VIDEO, VideoApis.VIDEOS, answer(body));
  }

  private ServiceResponse answer(String body) {
    try {
      return new ServiceResponse(ASKED, Map.of(), ServiceJson.read(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
