package io.soracourier.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4Test {
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({
    "faststart, ftyp moov free mdat",
    "moov-last, ftyp free mdat moov",
    "fragmented, ftyp moov moof mdat moof mdat mfra",
    "low, ftyp moov free mdat"
  })
  void genuineVideos_haveTheBoxesTheyAreNamedFor(String name, String boxes) throws IOException {
    assertThat(boxes(Mp4.genuine(name))).isEqualTo(boxes);
    assertThat(Mp4.genuine(name).length()).isLessThan(60_000);
  }

  @ParameterizedTest
  @CsvSource({
    "MOOV_FIRST, 20000, ftyp moov mdat",
    "MOOV_FIRST, 5368709120, ftyp moov mdat",
    "MOOV_LAST, 20000, ftyp mdat moov",
    "MOOV_LAST, 53687091200, ftyp mdat moov",
    "MDAT_TO_END, 20000, ftyp moov mdat",
    "MDAT_TO_END, 5368709120, ftyp moov mdat"
  })
  void madeVideos_haveSoundBoxesAndExactlyTheRequestedSize(
      Mp4.Layout layout, long size, String boxes) throws IOException {
    Mp4 video = Mp4.ofSize(size, 1, layout);

    assertThat(video.length()).isEqualTo(size);
    assertThat(boxes(video)).isEqualTo(boxes);
  }

  @ParameterizedTest
  @EnumSource(Mp4.Layout.class)
  void madeVideos_pointAtTheSamplesOfTheGenuineOne(Mp4.Layout layout) {
    byte[] genuine = Mp4.genuine().bytes();
    int sample = chunkOffset(genuine);

    byte[] made = Mp4.ofSize(100_000, 1, layout).bytes();
    int moved = chunkOffset(made);

    assertThat(moved).isNotEqualTo(sample);
    assertThat(Arrays.copyOfRange(made, moved, moved + 1000))
        .isEqualTo(Arrays.copyOfRange(genuine, sample, sample + 1000));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1000, 1_048_572, 1_048_573, 2_000_000, 2_999_999})
  void anyPart_isThatPartOfTheWhole(long from) throws IOException {
    Mp4 video = Mp4.ofSize(3_000_000, 7);
    byte[] whole = video.bytes();
    long length = new Random(from).nextLong(3_000_000 - from) + 1;

    assertThat(part(video, from, length))
        .isEqualTo(Arrays.copyOfRange(whole, (int) from, (int) (from + length)));
    assertThat(video.slice(from, length).bytes()).isEqualTo(part(video, from, length));
  }

  @Test
  void partsFarOut_areTheSameWhereverTheyStart() throws IOException {
    Mp4 video = Mp4.ofSize(50 * GIB, 3);

    byte[] part = part(video, 49 * GIB, 4096);

    assertThat(part(video, 49 * GIB - 96, 4096)).endsWith(Arrays.copyOf(part, 4000));
    assertThat(video.slice(49 * GIB, 4096).bytes()).isEqualTo(part);
  }

  @Test
  void blocksOfARoundSize_allDiffer() throws IOException {
    Mp4 video = Mp4.ofSize(GIB, 3);
    List<ByteBuffer> starts = new ArrayList<>();
    for (long block = 1; block < 256; block++) {
      starts.add(ByteBuffer.wrap(part(video, block << 22, 64)));
    }

    assertThat(starts).doesNotHaveDuplicates();
  }

  @Test
  void sizeAndSeed_decideTheBytes() throws Exception {
    Mp4 video = Mp4.ofSize(200_000, 5);

    assertThat(Mp4.ofSize(200_000, 5).bytes()).isEqualTo(video.bytes());
    assertThat(Mp4.ofSize(200_000, 6).md5()).isNotEqualTo(video.md5());
    assertThat(Mp4.small().md5()).isNotEqualTo(Mp4.small().md5());
    assertThat(video.md5()).isEqualTo(MessageDigest.getInstance("MD5").digest(video.bytes()));
  }

  @Test
  void tooSmall_isRefusedWithTheLeastSize() {
    assertThatThrownBy(() -> Mp4.ofSize(5000, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the least is 11");
  }

  @Test
  void partBeyondTheEnd_isRefused() {
    assertThatThrownBy(() -> part(Mp4.ofSize(20_000, 1), 19_999, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Walks the top-level boxes and insists that they end where the video ends. */
  private static String boxes(Mp4 video) throws IOException {
    List<String> types = new ArrayList<>();
    long at = 0;
    while (at < video.length()) {
      ByteBuffer head = ByteBuffer.wrap(part(video, at, Math.min(16, video.length() - at)));
      long size = Integer.toUnsignedLong(head.getInt());
      byte[] type = new byte[4];
      head.get(type);
      types.add(new String(type, StandardCharsets.US_ASCII));
      if (size == 0) {
        size = video.length() - at;
      } else if (size == 1) {
        size = head.getLong();
      }
      assertThat(size).isGreaterThanOrEqualTo(8);
      at += size;
    }
    assertThat(at).isEqualTo(video.length());
    return String.join(" ", types);
  }

  private static int chunkOffset(byte[] video) {
    String text = new String(video, StandardCharsets.ISO_8859_1);
    return ByteBuffer.wrap(video).getInt(text.indexOf("stco") + 12);
  }

  private static byte[] part(Content video, long from, long length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    video.writeTo(out, from, length);
    return out.toByteArray();
  }
}
