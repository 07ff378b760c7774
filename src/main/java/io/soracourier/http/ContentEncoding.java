package io.soracourier.http;

import io.soracourier.text.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that are encoded although every request accepts only {@code identity}: proxies and content
 * networks do so. They are decoded as they are read, in pieces as large as the reader requests, so
 * that a small body that decodes to a large one takes no more memory than any other. What the bytes
 * are decides, and not the header: a store keeps with a plain file whatever its uploader declared.
 *
 * <p>Source: RFC 9110, 8.4 and 12.5.3; RFC 1950 and 1952 for how such bodies begin; {@code
 * aws-chunked} is how an upload was signed, and S3 and its like may keep it in the header.
 */
final class ContentEncoding {
  /** What requests send as {@code Accept-Encoding}. */
  static final String NONE = "identity";

  private static final Set<String> NOTHING = Set.of("", NONE, "aws-chunked");
  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");
  private static final String DEFLATE = "deflate";
  private static final int SIGN = 2;
  private static final int MAX_NAME = 100;

  private ContentEncoding() {}

  /** Whether a body with this header may be encoded, and all of its encodings are known. */
  static boolean isKnown(@Nullable String contentEncoding) {
    List<String> encodings = encodings(contentEncoding);
    return !encodings.isEmpty() && encodings.stream().allMatch(ContentEncoding::isOneKnown);
  }

  /** In words, that a body may be encoded in a way that cannot be read. */
  static Optional<String> unknown(@Nullable String contentEncoding) {
    return encodings(contentEncoding).stream().allMatch(ContentEncoding::isOneKnown)
        ? Optional.empty()
        : Optional.of(
            "Content-Encoding is '%s', although the request accepts no encoding"
                .formatted(Excerpt.of(String.valueOf(contentEncoding), MAX_NAME)));
  }

  /**
   * The body as it was before it was encoded.
   *
   * @param contentEncoding the response's header, of which all {@linkplain #isKnown are known}
   * @return a {@link PushbackInputStream} of the body itself where that does not begin so
   * @throws IOException when the body ends before it has begun
   */
  static InputStream decoded(InputStream body, String contentEncoding) throws IOException {
    List<String> encodings = new ArrayList<>(encodings(contentEncoding));
    Collections.reverse(encodings);
    PushbackInputStream plain = new PushbackInputStream(body, SIGN);
    byte[] sign = plain.readNBytes(SIGN);
    plain.unread(sign);
    InputStream decoded = plain;
    if (sign.length < SIGN || begins(encodings.get(0), sign)) {
      for (String encoding : encodings) {
        decoded =
            GZIP.contains(encoding)
                ? new GZIPInputStream(decoded)
                : new InflaterInputStream(decoded);
      }
    }
    return decoded;
  }

  /** Those that change something, in the order in which they were applied. */
  private static List<String> encodings(@Nullable String contentEncoding) {
    return contentEncoding == null
        ? List.of()
        : Stream.of(contentEncoding.split(","))
            .map(encoding -> encoding.strip().toLowerCase(Locale.ROOT))
            .filter(encoding -> !NOTHING.contains(encoding))
            .toList();
  }

  private static boolean isOneKnown(String encoding) {
    return GZIP.contains(encoding) || encoding.equals(DEFLATE);
  }

  private static boolean begins(String encoding, byte[] sign) {
    int first = sign[0] & 0xFF;
    int second = sign[1] & 0xFF;
    return GZIP.contains(encoding)
        ? first == 0x1F && second == 0x8B
        : (first & 0x0F) == 8 && (first << 8 | second) % 31 == 0;
  }
}
