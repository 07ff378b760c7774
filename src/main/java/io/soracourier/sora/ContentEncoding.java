package io.soracourier.sora;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Bodies that are encoded although every request asks for {@code identity}: proxies and content
 * networks do so. They are decoded as they are read, in pieces as large as the reader asks for, so
 * that a small body which stands for a large one takes no more memory than any other.
 *
 * <p>Source: RFC 9110, 8.4 and 12.5.3.
 */
public final class ContentEncoding {
  /** What requests ask for with {@code Accept-Encoding}. */
  public static final String NONE = "identity";

  private ContentEncoding() {}

  /**
   * @param contentEncoding the response's header, or null
   */
  public static boolean isNone(String contentEncoding) {
    return contentEncoding == null
        || contentEncoding.isBlank()
        || contentEncoding.strip().equalsIgnoreCase(NONE);
  }

  /**
   * The body as it was before it was encoded.
   *
   * @param contentEncoding the response's header, or null
   * @throws IOException when the body does not begin as the encoding says, or the encoding is one
   *     that cannot be read
   */
  public static InputStream decoded(InputStream body, String contentEncoding) throws IOException {
    if (isNone(contentEncoding)) {
      return body;
    }
    return switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> new GZIPInputStream(body);
      case "deflate" -> new InflaterInputStream(body);
      default ->
          throw new IOException(
              "the body is encoded as '%s', although the request asked for no encoding"
                  .formatted(SoraErrors.printable(contentEncoding)));
    };
  }
}
