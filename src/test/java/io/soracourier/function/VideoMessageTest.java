package io.soracourier.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.courier.FailureReason;
import io.soracourier.courier.Outcome;
import io.soracourier.pictures.Picture;
import io.soracourier.pictures.Picture.Why;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.Generation;
import io.soracourier.sora.PictureKind;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoMessageTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:02:11.987Z");
  private static final JobMessage JOB = job("\"order-42\"");

  @Test
  void copiedVideo_isReportedFlatWithItsStatusFirst() {
    String message = VideoMessage.of(copied(480, 480, 5), List.of(), JOB, 4);

    assertThat(message)
        .isEqualTo(
            "{\"status\":\"copied\",\"jobId\":\"task_1\",\"generationId\":\"gen_1\","
                + "\"blobUrl\":\"https://acct.blob.core.windows.net/videos/gen_1.mp4\","
                + "\"bytes\":1843200,\"contentMd5\":\"1B2M2Y8AsgTpgAmY7PhCfg==\","
                + "\"width\":480,\"height\":480,\"seconds\":5,\"generation\":2,\"generations\":4,"
                + "\"correlationId\":\"order-42\",\"copiedAt\":\"2026-11-22T10:02:11Z\",\"looks\":4}");
    MessageSchema.VIDEO.assertValid(read(message));
  }

  @Test
  void pictures_areReportedByTheirUrlOrWhyThereIsNone() {
    URI url = URI.create("https://acct.blob.core.windows.net/videos/gen_1.thumbnail.webp");
    List<Picture> pictures =
        List.of(
            new Picture.Stored(PictureKind.THUMBNAIL, url),
            new Picture.Missing(PictureKind.SPRITESHEET, Why.NOT_OFFERED));

    ObjectNode message = read(VideoMessage.of(copied(480, 480, 5), pictures, JOB, 4));

    assertThat(message.path("thumbnailUrl").textValue()).isEqualTo(url.toString());
    assertThat(message.path("spritesheet").textValue()).isEqualTo("not-offered");
    MessageSchema.VIDEO.assertValid(message);
    for (Why why : Why.values()) {
      MessageSchema.VIDEO.assertValid(
          read(
              VideoMessage.of(
                  copied(480, 480, 5),
                  List.of(new Picture.Missing(PictureKind.THUMBNAIL, why)),
                  JOB,
                  4)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void whatTheServiceDoesNotSay_isLeftOut(int nonsense) {
    ObjectNode unknown = read(VideoMessage.of(copied(null, null, null), List.of(), JOB, 1));

    assertThat(unknown.has("width") || unknown.has("height") || unknown.has("seconds")).isFalse();
    MessageSchema.VIDEO.assertValid(unknown);
    assertThat(read(VideoMessage.of(copied(nonsense, nonsense, nonsense), List.of(), JOB, 1)))
        .isEqualTo(unknown);
  }

  @Test
  void failure_isReportedWithItsEvidence() {
    List<Attempt> attempts =
        List.of(
            new Attempt("GET /a", 404, "Resource not found"),
            new Attempt("GET /b", null, "no response: Connection refused"));

    String message =
        VideoMessage.of(
            new Outcome.Failed("gen_1", FailureReason.CONTENT_NOT_FOUND, "not there", attempts, AT),
            List.of(),
            JOB,
            9);

    assertThat(message)
        .isEqualTo(
            "{\"status\":\"failed\",\"jobId\":\"task_1\",\"generationId\":\"gen_1\","
                + "\"reason\":\"content-not-found\",\"message\":\"not there\",\"attempts\":["
                + "{\"request\":\"GET /a\",\"status\":404,\"error\":\"Resource not found\"},"
                + "{\"request\":\"GET /b\",\"error\":\"no response: Connection refused\"}],"
                + "\"correlationId\":\"order-42\",\"failedAt\":\"2026-11-22T10:02:11Z\",\"looks\":9}");
    MessageSchema.VIDEO.assertValid(read(message));
  }

  @ParameterizedTest
  @EnumSource
  void everyReason_isInTheSchema(FailureReason reason) {
    ObjectNode message =
        read(
            VideoMessage.of(
                new Outcome.Failed(null, reason, "why", List.of(), AT), List.of(), JOB, 1));

    assertThat(message.has("generationId")).isFalse();
    MessageSchema.VIDEO.assertValid(message);
  }

  @Test
  void invalidMessage_isReportedWithTheOffendingText() {
    InvalidMessageException e =
        catchThrowableOfType(
            InvalidMessageException.class,
            () -> JobMessage.parse("{\"jobId\":\"../x\",\"correlationId\":7}".getBytes(UTF_8)));

    ObjectNode message = read(VideoMessage.invalid(e, AT));

    assertThat(message.get("jobId").textValue()).isEqualTo("../x");
    assertThat(message.get("reason").textValue()).isEqualTo("invalid-message");
    assertThat(message.get("correlationId").intValue()).isEqualTo(7);
    assertThat(message.get("looks").intValue()).isZero();
    MessageSchema.VIDEO.assertValid(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ä", "影", "🎬", "\"", "\\", "\u2028", "\uFFFE"})
  void hugeFailure_fitsIntoAQueueMessageOnOneLine(String character) {
    String text = character.repeat(100_000);
    JobMessage large =
        job("\"" + "\\ufffe".repeat((JobMessage.MAX_CORRELATION_ID_BYTES - 10) / 6) + "\"");
    Outcome failed =
        new Outcome.Failed(
            "gen_1",
            FailureReason.GAVE_UP,
            text,
            Collections.nCopies(200, new Attempt("GET /x", 404, text)),
            AT);

    String sent = VideoMessage.of(failed, List.of(), large, 1);

    assertThat(sent.getBytes(UTF_8)).hasSizeLessThan(64 * 1024);
    assertThat(sent).doesNotContainPattern("[\\p{Cc}\\p{Cs}\\uFFFE\\uFFFF]");
    ObjectNode message = read(sent);
    assertThat(message.get("message").textValue()).endsWith("…").hasSizeGreaterThan(1_000);
    assertThat(message.get("message").textValue()).doesNotContainPattern("\\p{Cs}");
    MessageSchema.VIDEO.assertValid(message);
  }

  @Test
  void manyShortAttempts_areKeptAsFarAsTheyFit() {
    Outcome failed =
        new Outcome.Failed(
            "gen_1",
            FailureReason.GAVE_UP,
            "why",
            Collections.nCopies(2_000, new Attempt("GET /x", 404, "Resource not found")),
            AT);

    ObjectNode message = read(VideoMessage.of(failed, List.of(), JOB, 1));

    assertThat(message.get("attempts").size()).isBetween(300, 1_999);
    assertThat(message.get("message").textValue()).isEqualTo("why");
  }

  @Test
  void schema_refusesWhatIsNotPromised() {
    ObjectNode copied = read(VideoMessage.of(copied(480, 480, 5), List.of(), JOB, 4));

    MessageSchema.VIDEO.assertInvalid(copied.deepCopy().put("status", "done"));
    MessageSchema.VIDEO.assertInvalid(copied.deepCopy().put("blobUrl", "https://a/b.mp4?sig=x"));
    MessageSchema.VIDEO.assertInvalid(copied.deepCopy().put("extra", 1));
    MessageSchema.VIDEO.assertInvalid((ObjectNode) copied.deepCopy().without("contentMd5"));
    MessageSchema.JOB.assertInvalid(copied.objectNode().put("jobId", "../x"));
  }

  private static Outcome.Copied copied(Integer width, Integer height, Integer seconds) {
    return new Outcome.Copied(
        new Generation("gen_1", null, width, height, seconds),
        URI.create("https://acct.blob.core.windows.net/videos/gen_1.mp4"),
        1_843_200,
        "1B2M2Y8AsgTpgAmY7PhCfg==",
        2,
        4,
        AT,
        true);
  }

  private static ObjectNode read(String message) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(message);
    } catch (JsonProcessingException e) {
      throw new AssertionError(message, e);
    }
  }

  private static JobMessage job(String correlationId) {
    return JobMessage.parse(
        ("{\"jobId\":\"task_1\",\"correlationId\":" + correlationId + "}").getBytes(UTF_8));
  }
}
