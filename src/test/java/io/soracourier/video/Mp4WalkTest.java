package io.soracourier.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.simulator.Mp4;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4WalkTest {
  private static final int[] CHUNKS = {1, 7, 8, 4096};
  private static final byte[] FTYP = box("ftyp", 16);
  private static final byte[] MOOV = box("moov", 100);
  private static final byte[] MDAT = box("mdat", 50);

  static Stream<Arguments> videos() {
    return Stream.of(
            Mp4.genuine("faststart"),
            Mp4.genuine("moov-last"),
            Mp4.genuine("fragmented"),
            Mp4.genuine("low"),
            Mp4.ofSize(40_000, 1),
            Mp4.ofSize(40_000, 2, Mp4.Layout.MOOV_LAST),
            Mp4.ofSize(40_000, 3, Mp4.Layout.MDAT_TO_END))
        .flatMap(video -> inChunks(video.bytes(), video.toString()));
  }

  static Stream<Arguments> boxes() {
    return Stream.of(
            join(FTYP, MOOV, MDAT),
            join(FTYP, MDAT, MOOV),
            join(FTYP, MOOV, largeBox("mdat", 70)),
            join(FTYP, largeBox("mdat", 1), MOOV),
            join(FTYP, MOOV, toTheEnd("mdat", 300)),
            join(FTYP, MDAT, toTheEnd("moov", 300)),
            join(FTYP, box("free", 0), MOOV, box("free", 3), MDAT, box("free", 0)),
            join(FTYP, box("\u00a9xyz", 3), MOOV, MDAT))
        .flatMap(video -> inChunks(video, video.length + " bytes"));
  }

  private static Stream<Arguments> inChunks(byte[] video, String name) {
    return Arrays.stream(CHUNKS).mapToObj(chunk -> Arguments.of(name, chunk, video));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource({"videos", "boxes"})
  void wholeVideo_isOneHoweverItIsCutIntoPieces(String name, int chunk, byte[] video) {
    assertThatCode(() -> walk(video, chunk)).doesNotThrowAnyException();
  }

  @Test
  void videoThatEndsAnywhereButAtItsEnd_isRejected() {
    byte[] video = join(FTYP, box("free", 0), MDAT, largeBox("free", 9), MOOV);
    for (int length = 0; length < video.length; length++) {
      byte[] cut = Arrays.copyOf(video, length);
      assertThatThrownBy(() -> walk(cut, 7))
          .as("cut after %d", length)
          .isInstanceOf(InvalidContentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"faststart", "moov-last", "fragmented"})
  void genuineVideoWithoutItsLastByte_isCut(String name) {
    byte[] video = Mp4.genuine(name).bytes();

    assertThatThrownBy(() -> walk(Arrays.copyOf(video, video.length - 1), 4096))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("the content is cut: it ends after " + (video.length - 1) + " bytes")
        .hasMessageContaining("1 more");
  }

  static Stream<byte[]> endsAfterAnOpenHeader() {
    byte[] moof = box("moof", 4);
    return Stream.concat(
        Stream.of(join(FTYP, MDAT, toTheEnd("moov", 0))),
        Stream.of("mdat", "moov", "free", "moof", "uuid")
            .flatMap(
                type ->
                    Stream.of(
                        join(FTYP, MOOV, MDAT, toTheEnd(type, 0)),
                        join(FTYP, MOOV, moof, MDAT, moof, toTheEnd(type, 0)))));
  }

  @ParameterizedTest
  @MethodSource("endsAfterAnOpenHeader")
  void lastBoxOfSizeZeroWithoutAByte_isTruncated(byte[] video) {
    assertThatThrownBy(() -> walk(video, 5))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("truncated: it ends after " + video.length + " bytes")
        .hasMessageContaining("right after the header");
    assertThatCode(() -> walk(join(FTYP, MOOV, MDAT, toTheEnd("free", 1)), 5))
        .doesNotThrowAnyException();
  }

  @Test
  void indexWithoutPictures_isNotAVideo() {
    assertThatThrownBy(() -> walk(join(FTYP, MOOV), 8))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("no mdat box");
  }

  @Test
  void picturesWithoutIndex_areNotAVideo() {
    assertThatThrownBy(() -> walk(join(FTYP, MDAT), 8))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("no moov box");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}",
        "<!DOCTYPE html><html></html>",
        "GIF89a..........",
        "\u0000\u0000\u0000\u0018moov............",
        "RIFF....WEBPVP8 "
      })
  void otherContent_isRecognisedByItsFirstEightBytes(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    Mp4Walk walk = new Mp4Walk();
    walk.accept(ByteBuffer.wrap(bytes, 0, 7));

    assertThatThrownBy(() -> walk.accept(ByteBuffer.wrap(bytes, 7, 1)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("the content is not an MP4: it begins with '")
        .message()
        .matches("[ -~]+");
  }

  @Test
  void nothing_isEmpty() {
    assertThatThrownBy(() -> walk(new byte[0], 1)).hasMessage("the content is empty");
  }

  @Test
  void oneByte_isTooShort() {
    assertThatThrownBy(() -> walk(new byte[1], 1)).hasMessageContaining("1 bytes long, too short");
  }

  @Test
  void noise_isNotAVideo() {
    byte[] noise = new byte[4096];
    new Random(42).nextBytes(noise);

    assertThatThrownBy(() -> walk(noise, 4096)).isInstanceOf(InvalidContentException.class);
    assertThatThrownBy(() -> walk(join(FTYP, noise), 4096))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("the bytes before byte 32 are not a box");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void boxSmallerThanItsHeader_isImpossible(int size) {
    byte[] bad = ByteBuffer.allocate(8).putInt(size).put(type("moov")).array();

    assertThatThrownBy(() -> walk(join(FTYP, bad), 8))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("box 'moov' before byte 32 has the impossible size " + size);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 15, -1, Long.MIN_VALUE})
  void largeBoxOfAnImpossibleSize_isImpossible(long size) {
    byte[] bad = ByteBuffer.allocate(16).putInt(1).put(type("mdat")).putLong(size).array();

    assertThatThrownBy(() -> walk(join(FTYP, bad, new byte[100]), 8))
        .isInstanceOf(InvalidContentException.class);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "/videos/minimal.csv")
  void fewestBoxes_areJudged(String boxes, Kind kind, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    for (int chunk = 1; chunk <= bytes.length; chunk++) {
      int piece = chunk;
      assertThat(WalkVerdict.of(bytes, () -> piece).orElse("")).contains(kind.message);
      assertThat(WalkVerdict.of(bytes, () -> piece).isEmpty()).isEqualTo(kind == Kind.WHOLE);
    }
  }

  /** What the user reads. */
  private enum Kind {
    WHOLE(""),
    EMPTY("every mdat box is empty"),
    TRUNCATED("without the mdat box that follows its last "),
    IMPOSSIBLE("has the impossible size"),
    PICTURES("have no mdat box"),
    INDEX("have no moov box");

    private final String message;

    Kind(String message) {
      this.message = message;
    }
  }

  @Test
  void fragmentedVideoTruncatedAfterMoof_isReportedWithLengthAndBox() {
    byte[] video = join(FTYP, MOOV, box("moof", 20), MDAT, box("styp", 4), box("moof", 20));

    assertThatThrownBy(() -> walk(video, 8))
        .hasMessage(
            "the content is truncated: it ends after 258 bytes, without the mdat box that follows"
                + " its last moof box");
  }

  @Test
  void millionEmptyBoxes_allocateNothing() {
    Mp4Walk walk = new Mp4Walk();
    walk.accept(ByteBuffer.wrap(join(FTYP, MOOV, MDAT)));
    ByteBuffer boxes = ByteBuffer.wrap(join(box("free", 0), box("moof", 0), box("\u00a9xyz", 0)));
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    threads.getThreadAllocatedBytes(thread);

    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 1_000_000; i++) {
      boxes.clear();
      walk.accept(boxes);
    }

    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(100_000);
    assertThatCode(walk::end).doesNotThrowAnyException();
  }

  private static void walk(byte[] bytes, int chunk) {
    Mp4Walk walk = new Mp4Walk();
    for (int at = 0; at < bytes.length; at += chunk) {
      walk.accept(ByteBuffer.wrap(bytes, at, Math.min(chunk, bytes.length - at)));
    }
    walk.end();
  }

  private static byte[] box(String type, int payload) {
    return ByteBuffer.allocate(8 + payload).putInt(8 + payload).put(type(type)).array();
  }

  private static byte[] largeBox(String type, int payload) {
    return ByteBuffer.allocate(16 + payload)
        .putInt(1)
        .put(type(type))
        .putLong(16 + payload)
        .array();
  }

  private static byte[] toTheEnd(String type, int payload) {
    return ByteBuffer.allocate(8 + payload).putInt(0).put(type(type)).array();
  }

  private static byte[] type(String type) {
    return type.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
