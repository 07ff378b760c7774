package io.soracourier.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The parts of a genuine video from which larger ones are put together. The media data keeps its
 * place at the start of {@code mdat}, and the chunk offsets in {@code stco} follow it, so that what
 * comes out plays.
 */
record Mp4Layout(byte[] ftyp, byte[] moov, byte[] samples, long samplesAt) {
  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;
  private static final Set<String> CONTAINERS = Set.of("moov", "trak", "mdia", "minf", "stbl");

  static Mp4Layout of(byte[] video) {
    byte[] ftyp = {};
    byte[] moov = {};
    byte[] samples = {};
    long samplesAt = 0;
    ByteBuffer in = ByteBuffer.wrap(video);
    for (int at = 0; at < video.length; at += in.getInt(at)) {
      byte[] box = Arrays.copyOfRange(video, at, at + in.getInt(at));
      switch (type(in, at)) {
        case "ftyp" -> ftyp = box;
        case "moov" -> moov = box;
        case "mdat" -> {
          samples = Arrays.copyOfRange(box, HEADER, box.length);
          samplesAt = at + HEADER;
        }
        default -> {}
      }
    }
    return new Mp4Layout(ftyp, moov, samples, samplesAt);
  }

  List<Content> arranged(long bytes, Mp4.Layout layout, Filler filler) {
    long mdat = bytes - ftyp.length - moov.length;
    if (mdat < LARGE_HEADER + samples.length) {
      throw new IllegalArgumentException(
          "An MP4 of "
              + bytes
              + " bytes is too small, the least is "
              + (bytes - mdat + LARGE_HEADER + samples.length));
    }
    byte[] head = mdatHeader(layout == Mp4.Layout.MDAT_TO_END ? 0 : mdat);
    long before = ftyp.length + head.length;
    Content fill = filler.ofLength(mdat - head.length - samples.length);
    Content first = Content.of(ftyp);
    Content media = Content.of(samples);
    return switch (layout) {
      case MOOV_FIRST, MDAT_TO_END ->
          List.of(first, moovFor(before + moov.length), Content.of(head), media, fill);
      case MOOV_LAST -> List.of(first, Content.of(head), media, fill, moovFor(before));
    };
  }

  /** ISO/IEC 14496-12, 4.2: a size of 1 stands for the 64 bits after the type, 0 for the rest. */
  private static byte[] mdatHeader(long size) {
    byte[] type = "mdat".getBytes(StandardCharsets.US_ASCII);
    return size > 0xFFFF_FFFFL
        ? ByteBuffer.allocate(LARGE_HEADER).putInt(1).put(type).putLong(size).array()
        : ByteBuffer.allocate(HEADER).putInt((int) size).put(type).array();
  }

  private Content moovFor(long samplesNowAt) {
    byte[] moved = moov.clone();
    shift(ByteBuffer.wrap(moved), 0, moved.length, (int) (samplesNowAt - samplesAt));
    return Content.of(moved);
  }

  private static void shift(ByteBuffer boxes, int from, int to, int by) {
    for (int at = from; at < to; at += boxes.getInt(at)) {
      String type = type(boxes, at);
      if (CONTAINERS.contains(type)) {
        shift(boxes, at + HEADER, at + boxes.getInt(at), by);
      } else if (type.equals("stco")) {
        int entries = boxes.getInt(at + HEADER + 4);
        for (int entry = 0; entry < entries; entry++) {
          int place = at + HEADER + 8 + 4 * entry;
          boxes.putInt(place, boxes.getInt(place) + by);
        }
      }
    }
  }

  private static String type(ByteBuffer boxes, int at) {
    return new String(boxes.array(), at + 4, 4, StandardCharsets.US_ASCII);
  }
}
