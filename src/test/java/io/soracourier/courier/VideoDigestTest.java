package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the platform's own. */
class VideoDigestTest {
  private static final int UNIT = VideoDigest.UNIT;

  private final MessageDigest platform = md5();

  /** All lengths there are of what is left over, with and without units before it. */
  static IntStream lengths() {
    return IntStream.rangeClosed(0, 2 * UNIT);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void videoOfOneBlock_hasThePlatformsMd5AsWholeAndAsBlock(int length) {
    byte[] video = bytes(length);
    VideoDigest digest = new VideoDigest();

    byte[] block = block(digest, video, 0, length, UNIT);

    assertThat(block).isEqualTo(platform.digest(video));
    assertThat(digest.end()).isEqualTo(block);
  }

  static Stream<Arguments> blocks() {
    return Stream.of(
        Arguments.of(UNIT, 10 * UNIT),
        Arguments.of(4 * UNIT, 10 * UNIT + 1),
        Arguments.of(1 << 16, 3 * (1 << 16)),
        Arguments.of(1 << 16, 1_000_063));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void videoOfManyBlocks_hasThePlatformsMd5OfEachAndOfTheWhole(int blockSize, int length) {
    byte[] video = bytes(length);
    VideoDigest digest = new VideoDigest();

    for (int at = 0; at < length; at += blockSize) {
      int end = Math.min(length, at + blockSize);
      byte[] block = block(digest, video, at, end, 3 * UNIT);

      platform.update(video, at, end - at);
      assertThat(block).isEqualTo(platform.digest());
    }

    assertThat(digest.end()).isEqualTo(platform.digest(video));
  }

  @ParameterizedTest
  @ValueSource(ints = {UNIT, 2 * UNIT, 64 * UNIT, 1 << 20})
  void piecesOfAnySize_areTheSameVideo(int piece) {
    byte[] video = bytes((1 << 20) + 17);
    VideoDigest digest = new VideoDigest();

    assertThat(block(digest, video, 0, video.length, piece)).isEqualTo(platform.digest(video));
  }

  @Test
  void videoOfMoreThan512Mebibytes_hasALengthOfMoreThan32Bits() {
    byte[] piece = bytes(1 << 20);
    VideoDigest digest = new VideoDigest();
    for (int i = 0; i < 513; i++) {
      digest.update(piece, 0, piece.length);
      platform.update(piece);
    }

    assertThat(digest.endBlock(piece, 0, 0)).isEqualTo(platform.digest());
  }

  private static byte[] block(VideoDigest digest, byte[] video, int from, int to, int piece) {
    int units = from + (to - from) / UNIT * UNIT;
    for (int at = from; at < units; at += piece) {
      digest.update(video, at, Math.min(units, at + piece));
    }
    return digest.endBlock(video, units, to);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
