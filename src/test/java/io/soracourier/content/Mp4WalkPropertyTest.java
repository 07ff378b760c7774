package io.soracourier.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.Mp4;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Part 7 of the fault matrix: the walk over arbitrary bytes. */
class Mp4WalkPropertyTest {
  private static final int CASES = 2_000;
  private static final int LONGEST = 3_000;

  /** A fixed one, so that a failure comes again, and one that no run had before. */
  static LongStream seeds() {
    return LongStream.of(20_251_009, System.nanoTime());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void arbitraryBytesInAnyPieces_haveOneVerdict(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = bytes(random);

      Optional<String> atOnce = verdict(bytes, () -> bytes.length);

      assertThat(verdict(bytes, () -> 1)).isEqualTo(atOnce);
      assertThat(verdict(bytes, () -> 1 + random.nextInt(40))).isEqualTo(atOnce);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void wholeVideoCutAnywhere_isNotWhole(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] video = Mp4.genuine().bytes();
    assertThat(verdict(video, () -> 1 + random.nextInt(500))).isEmpty();
    for (int i = 0; i < CASES; i++) {
      byte[] cut = Arrays.copyOf(video, random.nextInt(video.length));

      assertThat(verdict(cut, () -> 1 + random.nextInt(5_000))).isPresent();
    }
  }

  /** Noise, boxes of random sizes, or a genuine video with some bytes changed. */
  private static byte[] bytes(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> noise(random, random.nextInt(100));
      case 1 -> boxes(random);
      default -> changed(random, Mp4.genuine("low").bytes());
    };
  }

  private static byte[] noise(SplittableRandom random, int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] boxes(SplittableRandom random) {
    ByteBuffer boxes = ByteBuffer.allocate(LONGEST);
    String[] types = {"ftyp", "moov", "mdat", "free", "moof", "\u0000\u0001ab"};
    long[] sizes = {0, 1, 7, 8, 9, 16, 17, 200, Integer.MAX_VALUE, 0xFFFF_FFFFL, Long.MIN_VALUE};
    String type = "ftyp";
    while (boxes.remaining() > 300 && random.nextInt(12) > 0) {
      long size = random.nextInt(3) > 0 ? 8 + random.nextInt(60) : sizes[random.nextInt(11)];
      boxes.putInt((int) size).put(type.getBytes(StandardCharsets.ISO_8859_1));
      if (size == 1) {
        boxes.putLong(random.nextBoolean() ? 16 + random.nextInt(50) : random.nextLong());
      }
      int payload = (int) Math.min(Math.max(size - 8, 0), 200);
      boxes.put(noise(random, payload));
      type = types[random.nextInt(types.length)];
    }
    return Arrays.copyOf(boxes.array(), boxes.position());
  }

  private static byte[] changed(SplittableRandom random, byte[] video) {
    byte[] changed = video.clone();
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(random.nextBoolean() ? 64 : changed.length);
      changed[at] = (byte) random.nextInt(256);
    }
    return changed;
  }

  /** Why it is no whole MP4; empty when it is one. Any other exception ends the test. */
  private static Optional<String> verdict(byte[] bytes, IntSupplier piece) {
    Mp4Walk walk = new Mp4Walk();
    try {
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(piece.getAsInt(), bytes.length - at);
        walk.accept(ByteBuffer.wrap(bytes, at, length));
        at += length;
      }
      walk.end();
      return Optional.empty();
    } catch (InvalidContentException e) {
      return Optional.of(e.getMessage());
    }
  }
}
