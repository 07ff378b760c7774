package io.soracourier.blob;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.BitSet;

/**
 * The blocks under a blob's name that are not part of a blob. Storage takes a block only when its
 * id is as long as theirs.
 *
 * @param idBytes the length of their ids before Base64; 0 when there are none
 * @param beginnings the first two bytes of each id, as a number
 */
record UncommittedBlocks(int idBytes, BitSet beginnings) {
  private static final byte[] NAME = "<Name>".getBytes(US_ASCII);

  /** Base64 of 64 bytes, the longest id there is. */
  private static final int MAX_NAME = 88;

  /**
   * Reads the response to Get Block List, which has up to 100,000 blocks, and keeps none of it.
   *
   * @throws IOException when it cannot be read to the end
   */
  static UncommittedBlocks read(InputStream xml) throws IOException {
    int idBytes = 0;
    BitSet beginnings = new BitSet();
    InputStream in = new BufferedInputStream(xml);
    int matched = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      matched = next == NAME[matched] ? matched + 1 : next == NAME[0] ? 1 : 0;
      if (matched == NAME.length) {
        byte[] id = id(in);
        idBytes = idBytes == 0 ? id.length : idBytes;
        beginnings.set(beginning(id));
        matched = 0;
      }
    }
    return new UncommittedBlocks(idBytes, beginnings);
  }

  private static byte[] id(InputStream in) throws IOException {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    for (int next = in.read(); next != '<'; next = in.read()) {
      if (next < 0 || name.size() == MAX_NAME) {
        throw new IOException("the block list has a name that is not a block id");
      }
      name.write(next);
    }
    try {
      return Base64.getDecoder().decode(name.toByteArray());
    } catch (IllegalArgumentException e) {
      throw new IOException("the block list has a name that is not Base64", e);
    }
  }

  /** The first two bytes of an id, as a number. */
  static int beginning(byte[] id) {
    int first = id.length > 0 ? id[0] & 0xFF : 0;
    int second = id.length > 1 ? id[1] & 0xFF : 0;
    return first << 8 | second;
  }
}
