package io.soracourier.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A valid MP4 as a content to serve: a genuine one from the test resources, or one of any size made
 * on the fly. The latter plays the genuine one's pictures; after them its {@code mdat} is filled
 * with bytes that depend on the seed. Its bytes at any offset are always the same, and nothing is
 * held but a block of them.
 */
public final class Mp4 implements Content {
  private static final long SMALL = 48 * 1024;
  private static final AtomicLong NEXT_SEED = new AtomicLong(1);
  private static final Map<String, byte[]> RESOURCES = new ConcurrentHashMap<>();
  private static final Map<String, byte[]> MD5S = new ConcurrentHashMap<>();

  /** The order of the top-level boxes of a made video. */
  public enum Layout {
    /** {@code ftyp moov mdat}: what players like best. */
    MOOV_FIRST,
    /** {@code ftyp mdat moov}: what encoders write by default. */
    MOOV_LAST,
    /** {@code ftyp moov mdat}, the size of the last one 0: it reaches to the end. */
    MDAT_TO_END
  }

  private final String name;
  private final List<Content> parts;
  private final long length;

  private Mp4(String name, List<Content> parts) {
    this.name = name;
    this.parts = parts;
    this.length = parts.stream().mapToLong(Content::length).sum();
  }

  /** The genuine video with the index first. */
  public static Mp4 genuine() {
    return genuine("faststart");
  }

  /**
   * A genuine video made by ffmpeg.
   *
   * @param name {@code faststart}, {@code moov-last}, {@code fragmented} or {@code low}
   */
  public static Mp4 genuine(String name) {
    return new Mp4(name, List.of(Content.of(resource(name + ".mp4"))));
  }

  /** A video of 48 KiB unlike any other this method gives in this process. */
  public static Mp4 small() {
    return ofSize(SMALL, NEXT_SEED.getAndIncrement());
  }

  /** A video of exactly that many bytes, the index first. */
  public static Mp4 ofSize(long bytes, long seed) {
    return ofSize(bytes, seed, Layout.MOOV_FIRST);
  }

  /**
   * A video of exactly that many bytes; equal sizes, seeds and layouts give equal bytes.
   *
   * @throws IllegalArgumentException when there is no room for the boxes themselves, some 12 KiB
   */
  public static Mp4 ofSize(long bytes, long seed, Layout layout) {
    return new Mp4(
        layout + " " + bytes + " " + seed,
        Mp4Layout.of(resource("faststart.mp4")).arranged(bytes, layout, new Filler(seed)));
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void writeTo(OutputStream out, long from, long count) throws IOException {
    java.util.Objects.checkFromIndexSize(from, count, length);
    long start = 0;
    long end = from + count;
    for (Content part : parts) {
      long first = Math.max(from, start);
      long last = Math.min(end, start + part.length());
      if (first < last) {
        part.writeTo(out, first - start, last - first);
      }
      start += part.length();
    }
  }

  /** Calculated once a process for each video. */
  @Override
  public byte[] md5() {
    return MD5S.computeIfAbsent(name, key -> Content.super.md5()).clone();
  }

  @Override
  public String toString() {
    return "MP4 " + name;
  }

  /** The bytes of a file of {@code videos}, which are nobody's to change. */
  public static byte[] resource(String file) {
    return RESOURCES.computeIfAbsent(file, Mp4::load);
  }

  private static byte[] load(String file) {
    try (InputStream in = Mp4.class.getResourceAsStream("/videos/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no test video " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
