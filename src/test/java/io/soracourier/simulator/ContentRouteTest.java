package io.soracourier.simulator;

import static io.soracourier.simulator.SimulatorClient.content;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRouteTest {
  private static final Instant FINISHED = Instant.parse("2026-11-22T10:00:00Z");
  private static final String MODIFIED = "Sun, 22 Nov 2026 10:00:00 GMT";

  private final SoraSimulator simulator =
      SoraSimulator.start(SimulatorOptions.defaults().withClock(MutableClock.at(FINISHED)));
  private final SimulatorClient client = new SimulatorClient(simulator);
  private final SimulatedJob job = simulator.sora1Job().video(Mp4.ofSize(50_000, 1)).add();
  private final String path = content(job.generationId());
  private final byte[] bytes = job.video().bytes();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void get_answersTheVideoWithTheRequiredHeaders() throws IOException {
    HttpResponse<byte[]> answer = client.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(bytes);
    assertHeader(answer, "Content-Type", "video/mp4");
    assertHeader(answer, "Content-Length", "50000");
    assertHeader(answer, "Accept-Ranges", "bytes");
    assertHeader(answer, "Last-Modified", MODIFIED);
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
    assertThat(answer.headers().firstValue("Content-MD5")).isEmpty();
  }

  @Test
  void head_answersTheSameWithoutABody() throws IOException {
    HttpResponse<byte[]> answer = client.method("HEAD", path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertHeader(answer, "Content-Length", "50000");
    assertThat(simulator.requests(Route.HEAD_CONTENT, job.generationId())).hasSize(1);
    assertThat(client.get(path).body()).hasSize(50_000);
  }

  @Test
  void lowQuality_isAnotherSmallerVideo() throws IOException {
    byte[] low = client.get(path + "&quality=low").body();

    assertThat(low).isEqualTo(Mp4.genuine("low").bytes()).hasSizeLessThan(bytes.length);
    assertThat(client.get(path + "&quality=high").body()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=100-199, 100, 199",
    "bytes=49999-, 49999, 49999",
    "bytes=100-99999, 100, 49999",
    "bytes=-500, 49500, 49999",
    "bytes=-99999, 0, 49999"
  })
  void range_answersThatPart(String range, int first, int last) throws IOException {
    HttpResponse<byte[]> part = client.get(path, "Range", range);

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, first, last + 1));
    assertHeader(part, "Content-Range", "bytes %d-%d/50000".formatted(first, last));
    assertHeader(part, "Content-Length", String.valueOf(last - first + 1));
  }

  @Test
  void rangeBeyondTheEnd_isNotSatisfiable() throws IOException {
    HttpResponse<byte[]> answer = client.get(path, "Range", "bytes=50000-");

    assertThat(answer.statusCode()).isEqualTo(416);
    assertHeader(answer, "Content-Range", "bytes */50000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=-", "bytes=0-1,5-6", "lines=1-2"})
  void rangeNotUnderstood_isIgnored(String range) throws IOException {
    assertThat(client.get(path, "Range", range).statusCode()).isEqualTo(200);
  }

  @Test
  void ifRange_allowsARangeOfTheSameVersionOnly() throws IOException {
    assertThat(client.get(path, "Range", "bytes=9-", "If-Range", MODIFIED).statusCode())
        .isEqualTo(206);

    job.replaceVideo(
        job.generationId(), Mp4.ofSize(50_000, 2), Validators.of(FINISHED.plusSeconds(5)));

    HttpResponse<byte[]> changed = client.get(path, "Range", "bytes=9-", "If-Range", MODIFIED);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).isEqualTo(Mp4.ofSize(50_000, 2).bytes());
    assertHeader(changed, "Last-Modified", "Sun, 22 Nov 2026 10:00:05 GMT");
  }

  @Test
  void etag_isSentAndComparedWhereAJobHasOne() throws IOException {
    String tagged = content(simulator.sora1Job().etag("\"v1\"").add().generationId());

    assertHeader(client.get(tagged), "ETag", "\"v1\"");
    assertThat(client.get(tagged, "Range", "bytes=1-", "If-Range", "\"v1\"").statusCode())
        .isEqualTo(206);
    assertThat(client.get(tagged, "Range", "bytes=1-", "If-Range", "\"v0\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void jobWithoutRanges_neitherOffersNorServesThem() throws IOException {
    String whole = content(simulator.sora1Job().ranges(false).add().generationId());

    HttpResponse<byte[]> answer = client.get(whole, "Range", "bytes=1-");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Accept-Ranges")).isEmpty();
  }

  @Test
  void variants_areDifferentVideos() throws IOException {
    SimulatedJob four = simulator.sora1Job().variants(4).video(Mp4.genuine()).add();

    assertThat(four.generationIds())
        .hasSize(4)
        .allMatch(id -> id.matches("gen_[0-9a-hjkmnp-tv-z]{26}"));
    assertThat(four.generationIds().stream().map(id -> four.video(id).md5Base64()))
        .doesNotHaveDuplicates();
    for (String id : four.generationIds()) {
      assertThat(client.get(content(id)).body()).isEqualTo(four.video(id).bytes());
    }
  }

  private static void assertHeader(HttpResponse<?> answer, String name, String value) {
    assertThat(answer.headers().firstValue(name)).as(name).contains(value);
  }
}
