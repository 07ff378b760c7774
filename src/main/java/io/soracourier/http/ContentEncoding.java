package io.soracourier.http;

import io.soracourier.text.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Bodies that are encoded although every request accepts only {@code identity}: proxies and content
 * networks do so. They are decoded as they are read, in pieces as large as the reader requests, so
 * that a small body that decodes to a large one takes no more memory than any other.
 *
 * <p>Source: RFC 9110, 8.4 and 12.5.3.
 */
final class ContentEncoding {
  /** What requests send as {@code Accept-Encoding}. */
  static final String NONE = "identity";

  private static final int MAX_NAME = 100;

  private ContentEncoding() {}

  /**
   * @param contentEncoding the response's header
   */
  static boolean isNone(String contentEncoding) {
    return contentEncoding.isBlank() || contentEncoding.strip().equalsIgnoreCase(NONE);
  }

  /**
   * The body as it was before it was encoded.
   *
   * @param contentEncoding the response's header
   * @throws IOException when the body does not begin as the encoding requires, or the encoding is
   *     one that cannot be read
   */
  static InputStream decoded(InputStream body, String contentEncoding) throws IOException {
    if (isNone(contentEncoding)) {
      return body;
    }
    return switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> new GZIPInputStream(body);
      case "deflate" -> new InflaterInputStream(body);
      default ->
          throw new IOException(
              "the body is encoded as '%s', although the request accepts no encoding"
                  .formatted(Excerpt.of(contentEncoding, MAX_NAME)));
    };
  }
}
