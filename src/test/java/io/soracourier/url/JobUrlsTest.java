package io.soracourier.url;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.Errors;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobReaders;
import io.soracourier.sora.ServiceResponse;
import io.soracourier.sora.VideoApis;
import io.soracourier.sora.VideoJob;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs of a job with several generations are whose. */
class JobUrlsTest {
  private static final Endpoint ENDPOINT = Endpoint.parse("https://r.openai.azure.com");
  private static final URI JOB = ENDPOINT.at("/video/generations/jobs/task_1");

  @Test
  void urlInsideAGeneration_isOfThatOneWhateverIsInIt() {
    VideoJob job =
        job(
            "'generations':[{'id':'1','url':'https://cdn/2026/2/a.mp4'},"
                + "{'id':'2','assets':[{'id':'1','url':'https://cdn/1/b.mp4'}]}]");

    assertThat(inProperties(job, 0)).containsExactly("https://cdn/2026/2/a.mp4");
    assertThat(inProperties(job, 1)).containsExactly("https://cdn/1/b.mp4");
  }

  @Test
  void urlOfAGenerationWithoutAnId_isOfNoOther() {
    VideoJob job =
        job(
            "'generations':[{'url':'https://cdn/gen_2.mp4'},{'id':'gen_1'},"
                + "{'id':'gen_2','url':'https://cdn/b.mp4'}]");

    assertThat(inProperties(job, 0)).isEmpty();
    assertThat(inProperties(job, 1)).containsExactly("https://cdn/b.mp4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'outputs':[{'id':'gen_10','url':'https://cdn/a.mp4'},{'id':'gen_1','url':'https://cdn/gen_10.mp4'}]",
        "'data':[{'id':'task_1','videos':[{'id':'gen_10','url':'https://cdn/a.mp4'},"
            + "{'id':'gen_1','url':'https://cdn/gen_10.mp4'}]}]",
      })
  void urlInAnElementWithTheIdOfAGeneration_isOfThatOneWhereverItIs(String json) {
    VideoJob job = job("'generations':[{'id':'gen_1'},{'id':'gen_10'}]," + json);

    assertThat(inProperties(job, 0)).containsExactly("https://cdn/gen_10.mp4");
    assertThat(inProperties(job, 1)).containsExactly("https://cdn/a.mp4");
  }

  @Test
  void urlInAListWithoutIds_isOfTheIdInItAndElseOfItsPosition() {
    VideoJob job =
        job(
            "'generations':[{'id':'gen_1'},{'id':'gen_10'}],"
                + "'urls':['https://cdn/gen_10.mp4','https://cdn/gen_1.mp4'],"
                + "'files':['https://cdn/a.mp4','https://cdn/b.mp4']");

    assertThat(inProperties(job, 0)).containsExactly("https://cdn/gen_1.mp4", "https://cdn/a.mp4");
    assertThat(inProperties(job, 1)).containsExactly("https://cdn/gen_10.mp4", "https://cdn/b.mp4");
  }

  @ParameterizedTest
  @CsvSource({
    "https://cdn/gen_1",
    "https://cdn/gen_1/video.mp4?sig=x",
    "https://cdn/gen_1.mp4",
    "https://cdn/a/gen_1.webm;v=2",
    "'https://cdn/gen_1,hd.mp4'",
    "https://cdn/get?video=gen_1&sig=x",
    "https://cdn/get?path=videos%2Fgen_1.mp4",
    "https://cdn/get?gen_1",
    "/openai/v1/video/generations/gen_1/content/video?api-version=preview",
  })
  void idThatIsAWholePartOfAUrl_isTheGenerationsOwn(String url) {
    VideoJob job = job("'generations':[{'id':'gen_1'},{'id':'gen_2'}],'url':'" + url + "'");

    assertThat(inProperties(job, 0)).hasSize(1);
    assertThat(inProperties(job, 1)).isEmpty();
    assertThat(new JobUrls(withLocation(url), job.generations().get(0)).inHeaders()).hasSize(1);
    assertThat(new JobUrls(withLocation(url), job.generations().get(1)).inHeaders()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://cdn/gen_10.mp4",
        "https://cdn/my_gen_1.mp4",
        "https://cdn/gen_1-2/a.mp4",
        "https://cdn/gen_1.5",
        "https://cdn/get?video=gen_1x",
        "https://gen_1.cdn.example/a.mp4",
        "https://cdn/gen_1/gen_2.mp4",
      })
  void idThatIsAPartOfAnotherNameOrNotTheOnlyOne_isNobodys(String url) {
    VideoJob job = job("'generations':[{'id':'gen_1'},{'id':'gen_2'}],'url':'" + url + "'");

    assertThat(inProperties(job, 0)).isEmpty();
    assertThat(inProperties(job, 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/gen_01k742tdqrabc_hd.mp4",
        "/1080p-gen_01k742tdqrabc.mp4",
        "/x?f=hd.gen_01k742tdqrabc"
      })
  void longIdBesideOtherWords_isTheGenerationsOwn(String path) {
    String ids = "'generations':[{'id':'gen_01k742tdqrabc'},{'id':'gen_01k742tdqrabcd'}],";
    VideoJob job = job(ids + "'url':'https://cdn" + path + "'");

    assertThat(inProperties(job, 0)).hasSize(1);
    assertThat(inProperties(job, 1)).isEmpty();
  }

  @Test
  void longIdThatAnotherOneBeginsWith_isNotTakenForThatOne() {
    VideoJob job =
        job(
            "'generations':[{'id':'gen_01k742tdqrabc'},{'id':'gen_01k742tdqrabc-2'}],"
                + "'url':'https://cdn/gen_01k742tdqrabc-2.mp4'");

    assertThat(inProperties(job, 0)).isEmpty();
    assertThat(inProperties(job, 1)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"video_bGl0ZQ==", "gen:1", "a+b.c", "gen%3A1"})
  void idWithOtherCharacters_isFoundAsItIsAndEscaped(String id) {
    VideoJob job =
        job(
            "'generations':[{'id':'%s'},{'id':'gen_2'}],'url':'https://cdn/%s/v.mp4','uri':'https://cdn/x?id=%s'"
                .formatted(id, id.replace(":", "%3A"), id));

    assertThat(inProperties(job, 0)).hasSize(2);
    assertThat(inProperties(job, 1)).isEmpty();
  }

  private static List<String> inProperties(VideoJob job, int generation) {
    return new JobUrls(job, job.generations().get(generation))
        .inProperties().stream().map(url -> url.uri().toString()).toList();
  }

  private static VideoJob withLocation(String url) {
    return job(Map.of("Location", List.of(url)), "'generations':[{'id':'gen_1'},{'id':'gen_2'}]");
  }

  private static VideoJob job(String fields) {
    return job(Map.of(), fields);
  }

  private static VideoJob job(Map<String, List<String>> headers, String fields) {
    String json = ("{'status':'succeeded'," + fields + "}").replace('\'', '"');
    try {
      VideoJob job =
          JobReaders.of(ENDPOINT, Errors.of(Clock.systemUTC()))
              .read(
                  new JobId("task_1"),
                  VideoApis.SORA_1,
                  new ServiceResponse(JOB, 200, headers, new ObjectMapper().readTree(json)));
      assertThat(job.generations()).extracting(Generation::id).hasSize(2);
      return job;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
