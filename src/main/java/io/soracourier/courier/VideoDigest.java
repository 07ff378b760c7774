package io.soracourier.courier;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * MD5 of a video and of each of its blocks, in one pass. The storage wants both, and MD5 is the
 * largest part of a copy's work. Each of its steps waits for the one before, so that most of a
 * processor idles meanwhile: a second MD5 of the same bytes, step by step beside the first, comes
 * at a discount. On HotSpot the two take two thirds of the time of two of the platform's, which are
 * machine code written for the purpose; in a native executable as long as those.
 *
 * <p>Source: RFC 1321. Blocks are of a multiple of {@value #UNIT} bytes, but for the last one: so
 * whole and block are always cut in units at the same places.
 */
final class VideoDigest {
  /** MD5 takes so many bytes at a time. */
  static final int UNIT = 64;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int[] INITIAL = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

  /** The sines of 1 to 64. */
  private static final int[] T = new int[64];

  static {
    for (int i = 0; i < T.length; i++) {
      T[i] = (int) (long) (Math.abs(StrictMath.sin(i + 1)) * (1L << 32));
    }
  }

  private final int[] whole = INITIAL.clone();
  private int[] block = INITIAL.clone();
  private long wholeLength;
  private long blockLength;
  private byte[] rest = {};

  /**
   * Continues whole and block.
   *
   * @param from to {@code to}: whole units
   */
  void update(byte[] bytes, int from, int to) {
    pass(whole, block, bytes, from, to);
    wholeLength += to - from;
    blockLength += to - from;
  }

  /**
   * The MD5 of the block, which ends with these bytes; the next one begins.
   *
   * @param from to {@code to}: less than a unit; nothing, unless it is the last block
   */
  byte[] endBlock(byte[] bytes, int from, int to) {
    rest = Arrays.copyOfRange(bytes, from, to);
    byte[] md5 = end(block, blockLength);
    block = INITIAL.clone();
    blockLength = 0;
    return md5;
  }

  /** The MD5 of the whole, after its last block. */
  byte[] end() {
    return end(whole, wholeLength);
  }

  private byte[] end(int[] state, long length) {
    byte[] padded = Arrays.copyOf(rest, rest.length < UNIT - Long.BYTES ? UNIT : 2 * UNIT);
    padded[rest.length] = (byte) 0x80;
    ByteBuffer last = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
    last.putLong(padded.length - Long.BYTES, (length + rest.length) * Byte.SIZE);
    pass(state, new int[INITIAL.length], padded, 0, padded.length);
    ByteBuffer md5 = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    md5.asIntBuffer().put(state);
    return md5.array();
  }

  /** All 64 steps for each unit, with two states that know nothing of each other. */
  private static void pass(int[] one, int[] other, byte[] bytes, int from, int to) {
    int a0 = one[0];
    int b0 = one[1];
    int c0 = one[2];
    int d0 = one[3];
    int p0 = other[0];
    int q0 = other[1];
    int r0 = other[2];
    int s0 = other[3];
    for (int at = from; at < to; at += UNIT) {
      int a = a0;
      int b = b0;
      int c = c0;
      int d = d0;
      int p = p0;
      int q = q0;
      int r = r0;
      int s = s0;
      int x;
      for (int i = 0; i < 16; i += 4) {
        x = word(bytes, at + 4 * i) + T[i];
        a = f(a, b, c, d, x, 7);
        p = f(p, q, r, s, x, 7);
        x = word(bytes, at + 4 * (i + 1)) + T[i + 1];
        d = f(d, a, b, c, x, 12);
        s = f(s, p, q, r, x, 12);
        x = word(bytes, at + 4 * (i + 2)) + T[i + 2];
        c = f(c, d, a, b, x, 17);
        r = f(r, s, p, q, x, 17);
        x = word(bytes, at + 4 * (i + 3)) + T[i + 3];
        b = f(b, c, d, a, x, 22);
        q = f(q, r, s, p, x, 22);
      }
      for (int i = 0; i < 16; i += 4) {
        x = word(bytes, at + 4 * (5 * i + 1 & 15)) + T[i + 16];
        a = g(a, b, c, d, x, 5);
        p = g(p, q, r, s, x, 5);
        x = word(bytes, at + 4 * (5 * i + 6 & 15)) + T[i + 17];
        d = g(d, a, b, c, x, 9);
        s = g(s, p, q, r, x, 9);
        x = word(bytes, at + 4 * (5 * i + 11 & 15)) + T[i + 18];
        c = g(c, d, a, b, x, 14);
        r = g(r, s, p, q, x, 14);
        x = word(bytes, at + 4 * (5 * i + 16 & 15)) + T[i + 19];
        b = g(b, c, d, a, x, 20);
        q = g(q, r, s, p, x, 20);
      }
      for (int i = 0; i < 16; i += 4) {
        x = word(bytes, at + 4 * (3 * i + 5 & 15)) + T[i + 32];
        a = h(a, b, c, d, x, 4);
        p = h(p, q, r, s, x, 4);
        x = word(bytes, at + 4 * (3 * i + 8 & 15)) + T[i + 33];
        d = h(d, a, b, c, x, 11);
        s = h(s, p, q, r, x, 11);
        x = word(bytes, at + 4 * (3 * i + 11 & 15)) + T[i + 34];
        c = h(c, d, a, b, x, 16);
        r = h(r, s, p, q, x, 16);
        x = word(bytes, at + 4 * (3 * i + 14 & 15)) + T[i + 35];
        b = h(b, c, d, a, x, 23);
        q = h(q, r, s, p, x, 23);
      }
      for (int i = 0; i < 16; i += 4) {
        x = word(bytes, at + 4 * (7 * i & 15)) + T[i + 48];
        a = i(a, b, c, d, x, 6);
        p = i(p, q, r, s, x, 6);
        x = word(bytes, at + 4 * (7 * i + 7 & 15)) + T[i + 49];
        d = i(d, a, b, c, x, 10);
        s = i(s, p, q, r, x, 10);
        x = word(bytes, at + 4 * (7 * i + 14 & 15)) + T[i + 50];
        c = i(c, d, a, b, x, 15);
        r = i(r, s, p, q, x, 15);
        x = word(bytes, at + 4 * (7 * i + 21 & 15)) + T[i + 51];
        b = i(b, c, d, a, x, 21);
        q = i(q, r, s, p, x, 21);
      }
      a0 += a;
      b0 += b;
      c0 += c;
      d0 += d;
      p0 += p;
      q0 += q;
      r0 += r;
      s0 += s;
    }
    one[0] = a0;
    one[1] = b0;
    one[2] = c0;
    one[3] = d0;
    other[0] = p0;
    other[1] = q0;
    other[2] = r0;
    other[3] = s0;
  }

  private static int word(byte[] bytes, int at) {
    return (int) WORD.get(bytes, at);
  }

  private static int f(int a, int b, int c, int d, int x, int shift) {
    return Integer.rotateLeft(a + ((c ^ d) & b ^ d) + x, shift) + b;
  }

  private static int g(int a, int b, int c, int d, int x, int shift) {
    return Integer.rotateLeft(a + (c & ~d) + x + (b & d), shift) + b;
  }

  private static int h(int a, int b, int c, int d, int x, int shift) {
    return Integer.rotateLeft(a + (b ^ c ^ d) + x, shift) + b;
  }

  private static int i(int a, int b, int c, int d, int x, int shift) {
    return Integer.rotateLeft(a + (c ^ (b | ~d)) + x, shift) + b;
  }
}
