package io.soracourier.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.content.ContentResolver.LocationFindings;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.VideoJob;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos of one job that share its id: each is at its own place, and nowhere else. */
class SeveralVideosTest {
  private final ResolverFixture fixture = new ResolverFixture();
  private final Mp4 video = Mp4.small();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 11})
  void urlAtItsPlaceInTheList_isItsOwn(int k) {
    fixture.withoutDocumentedContent().serve("/files/" + k + ".mp4", video);

    assertThat(fixture.fetch(job(12), k)).isEqualTo(video.bytes());
    assertThat(fixture.targets())
        .filteredOn(target -> target.startsWith("/files/"))
        .containsExactly("/files/" + k + ".mp4");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void urlOfAnotherVideo_isNeverRequested(int k) {
    fixture.withoutDocumentedContent().serve("/files/" + (1 - k) + ".mp4", video);
    VideoJob job = job(2);

    SoraException failure = catchThrowableOfType(SoraException.class, () -> fixture.fetch(job, k));

    assertThat(failure.kind()).isEqualTo(SoraException.Kind.NOT_FOUND);
    assertThat(fixture.targets()).doesNotContain("/files/" + (1 - k) + ".mp4");
  }

  /** As objects, and as texts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'output':[{'url':'/files/0.mp4'},{'video_url':'/files/1.mp4'}]}",
        "{'output':['/files/0.mp4','/files/1.mp4']}",
        "{'output':[{'output':'ORIGIN/files/0.mp4'},{'output':'ORIGIN/files/1.mp4'}]}",
        "{'output':[['/files/0.mp4'],['/files/1.mp4']]}",
        "{'result':[{'files':['/files/0.mp4']},{'files':['/files/1.mp4']}]}",
        "{'response':{'results':['/files/0.mp4','/files/1.mp4']}}",
        "{'output':{'video_url':['/files/0.mp4','/files/1.mp4']}}",
        "{'resultUrls':['/files/0.mp4','/files/1.mp4']}"
      })
  void entryOfAList_isAVideoOfItsOwn(String json) throws IOException {
    fixture.withoutDocumentedContent().serve("/files/0.mp4", video);
    Mp4 second = Mp4.ofSize(20_000, 2);
    fixture.serve("/files/1.mp4", second);
    JsonNode edit =
        new ObjectMapper()
            .readTree(
                json.replace('\'', '"').replace("ORIGIN", fixture.simulator.uri("").toString()));

    VideoJob job =
        fixture.job(
            fixture.simulator.sora2Video().editJob(it -> it.setAll((ObjectNode) edit)).add());

    assertThat(job.generations()).hasSize(2);
    assertThat(fixture.fetch(job, 0)).isEqualTo(video.bytes());
    assertThat(fixture.fetch(job, 1)).isEqualTo(second.bytes());
  }

  /** No address without the number is: that would be the first one's. */
  @Test
  void furtherVideo_isRequestedAtItsUrlAndAtTheContentRouteWithItsNumber() {
    fixture.withoutDocumentedContent();
    VideoJob job = job(2);

    catchThrowableOfType(SoraException.class, () -> fixture.fetch(job, 1));

    assertThat(fixture.targets())
        .containsExactly(
            "/files/1.mp4", "/openai/v1/videos/" + job.id() + "/content?output_index=1");
  }

  @Test
  void videoThatNothingTellsApart_isRequestedWithEitherQuery() {
    SimulatedJob made =
        fixture
            .simulator
            .sora2Video()
            .editJob(json -> list(json, "videos", 2, "https://files.test/%d"))
            .add();
    VideoJob job = fixture.job(made);
    fixture
        .simulator
        .on(request -> request.target().endsWith("?index=1"))
        .always(Fault.error(ServiceError.notFound()));

    assertThat(fixture.fetch(job, 1)).isEqualTo(made.video().bytes());
    String content = "/openai/v1/videos/" + job.id() + "/content";
    assertThat(fixture.targets())
        .containsExactly(content + "?index=1", content + "?output_index=1");
  }

  /** Where the first one was found is not where the next job's is looked for. */
  @Test
  void placeOfAFurtherVideo_isNotRememberedForOtherJobs() {
    fixture.serve("/files/1.mp4", video);
    fixture.fetch(job(2), 1);
    SimulatedJob next = fixture.simulator.sora2Video().add();

    fixture.fetch(next);

    assertThat(fixture.targets()).containsExactly("/openai/v1/videos/" + next.id() + "/content");
  }

  @Test
  void contentRouteThatIsDown_saysNothingOfTheVideo() {
    fixture.simulator.on(Route.GET_VIDEO_CONTENT).always(Fault.status(503));
    VideoJob job = job(2);

    SoraException failure = catchThrowableOfType(SoraException.class, () -> fixture.fetch(job, 1));

    assertThat(failure.kind()).isEqualTo(SoraException.Kind.UNAVAILABLE);
  }

  /** Which of them was requested is in the query alone, which is all of it that is shown. */
  @ParameterizedTest
  @ValueSource(ints = {404, 500})
  void failureOfAFurtherVideo_namesWhatWasRequested(int status) {
    fixture
        .simulator
        .on(Route.GET_VIDEO_CONTENT)
        .always(Fault.error(ServiceError.coded(status, "x", "no")));
    VideoJob job = job(2);

    SoraException failure = catchThrowableOfType(SoraException.class, () -> fixture.fetch(job, 1));

    assertThat(failure)
        .hasMessageContaining("GET /openai/v1/videos/" + job.id() + "/content?output_index=1")
        .hasMessageContaining("returned " + status);
  }

  @Test
  void diagnosisOfAFurtherVideo_asksTheSamePlaces() {
    fixture.serve("/files/1.mp4", video);
    VideoJob job = job(2);

    List<LocationFindings> tried =
        fixture
            .resolver
            .diagnose(job, job.generations().get(1), new SearchBudget(() -> true, 0))
            .locations();

    assertThat(tried)
        .extracting(LocationFindings::place)
        .containsExactly(PlaceName.URL_IN_JSON, PlaceName.DOCUMENTED);
    assertThat(tried).allSatisfy(place -> assertThat(place.findings()).hasSize(1));
    assertThat(tried.get(1).findings().get(0).printableUri()).endsWith("/content?output_index=1");
  }

  /** With {@code urls} of so many, and the first one as {@code url}, as SGLang has it. */
  private VideoJob job(int videos) {
    return fixture.job(
        fixture
            .simulator
            .sora2Video()
            .editJob(json -> list(json.put("url", "/files/0.mp4"), "urls", videos, "/files/%d.mp4"))
            .add());
  }

  private static void list(ObjectNode json, String name, int videos, String url) {
    ArrayNode urls = json.putArray(name);
    for (int k = 0; k < videos; k++) {
      urls.add(url.formatted(k));
    }
  }
}
