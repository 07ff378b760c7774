package io.soracourier.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Bytes of a known length that can be written from any offset without being held whole. */
public interface Content {
  Content EMPTY = of(new byte[0]);

  long length();

  /**
   * Writes {@code length} bytes from the offset {@code from}, in large pieces.
   *
   * @throws IndexOutOfBoundsException when the range reaches beyond {@link #length()}
   */
  void writeTo(OutputStream out, long from, long length) throws IOException;

  static Content of(byte[] bytes) {
    return new Content() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void writeTo(OutputStream out, long from, long length) throws IOException {
        out.write(bytes, Math.toIntExact(from), Math.toIntExact(length));
      }
    };
  }

  static Content of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A part of this content as a content of its own. */
  default Content slice(long from, long length) {
    Content whole = this;
    return new Content() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public void writeTo(OutputStream out, long offset, long count) throws IOException {
        whole.writeTo(out, from + offset, count);
      }
    };
  }

  /** All bytes. For contents that fit into memory. */
  default byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(length()));
    try {
      writeTo(out, 0, length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The MD5 of the whole, 16 bytes. */
  default byte[] md5() {
    try (OutputStream nowhere = OutputStream.nullOutputStream()) {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      writeTo(new DigestOutputStream(nowhere, md5), 0, length());
      return md5.digest();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The MD5 as {@code Content-MD5} carries it. */
  default String md5Base64() {
    return Base64.getEncoder().encodeToString(md5());
  }
}
