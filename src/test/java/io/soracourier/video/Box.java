package io.soracourier.video;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A top-level box of an MP4 in memory, for tests to compare with.
 *
 * @param end where the next one starts
 * @param content its bytes without its header
 */
record Box(String type, int start, int end, int content) {
  static List<Box> of(byte[] video) {
    ByteBuffer bytes = ByteBuffer.wrap(video);
    List<Box> boxes = new ArrayList<>();
    for (int start = 0; start < video.length; start = boxes.get(boxes.size() - 1).end()) {
      String type = new String(video, start + 4, 4, StandardCharsets.ISO_8859_1);
      int size = bytes.getInt(start);
      int header = size == 1 ? 16 : 8;
      int length =
          switch (size) {
            case 0 -> video.length - start;
            case 1 -> Math.toIntExact(bytes.getLong(start + 8));
            default -> size;
          };
      boxes.add(new Box(type, start, start + length, length - header));
    }
    return boxes;
  }
}
