package io.soracourier.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.SeedSource;
import io.soracourier.simulator.Mp4;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;

/** Part 7 of the fault matrix: the walk over arbitrary bytes. */
class Mp4WalkPropertyTest {
  private static final int CASES = 2_000;
  private static final int MAX_LENGTH = 3_000;

  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void arbitraryBytesInAnyPieces_haveOneVerdict(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = bytes(random);

      Optional<String> atOnce = WalkVerdict.of(bytes, () -> bytes.length);

      assertThat(WalkVerdict.of(bytes, () -> 1)).isEqualTo(atOnce);
      assertThat(WalkVerdict.of(bytes, () -> 1 + random.nextInt(40))).isEqualTo(atOnce);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void wholeVideoCutAnywhere_isNotWhole(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] video = Mp4.genuine().bytes();
    assertThat(WalkVerdict.of(video, () -> 1 + random.nextInt(500))).isEmpty();
    for (int i = 0; i < CASES; i++) {
      byte[] cut = Arrays.copyOf(video, random.nextInt(video.length));

      assertThat(WalkVerdict.of(cut, () -> 1 + random.nextInt(5_000))).isPresent();
    }
  }

  /** The fragments of any writer: with or without what announces them, padding and an index. */
  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void fragmentedVideoTruncatedAnywhere_isWholeOnlyAfterAFragment(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < CASES / 10; i++) {
      ByteBuffer video = ByteBuffer.allocate(MAX_LENGTH);
      video.put(box("ftyp", 8)).put(box("moov", 20));
      Set<Integer> ends = new HashSet<>();
      for (int fragments = 1 + random.nextInt(5); fragments > 0; fragments--) {
        for (String type :
            List.of("styp", "sidx", "prft", "emsg", "moof", "free", "uuid", "mdat")) {
          if (Set.of("moof", "mdat").contains(type) || random.nextInt(3) == 0) {
            video.put(box(type, 1 + random.nextInt(30)));
          }
        }
        ends.add(video.position());
      }
      byte[] whole = Arrays.copyOf(video.array(), video.position());

      for (int length = 0; length <= whole.length; length++) {
        byte[] truncated = Arrays.copyOf(whole, length);
        assertThat(WalkVerdict.of(truncated, () -> 1 + random.nextInt(100)).isEmpty())
            .as("%d of %s", length, Box.of(whole))
            .isEqualTo(ends.contains(length));
      }
    }
  }

  private static byte[] box(String type, int payload) {
    return ByteBuffer.allocate(8 + payload)
        .putInt(8 + payload)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .array();
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
    ByteBuffer boxes = ByteBuffer.allocate(MAX_LENGTH);
    String[] types = {
      "ftyp",
      "moov",
      "mdat",
      "free",
      "moof",
      "styp",
      "sidx",
      "prft",
      "emsg",
      "mfra",
      "\u0000\u0001ab"
    };
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
}
