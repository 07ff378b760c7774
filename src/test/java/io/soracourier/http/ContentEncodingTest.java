package io.soracourier.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentEncodingTest {
  private static final byte[] TEXT = "{\"status\":\"completed\"}".repeat(100).getBytes(UTF_8);

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "identity", "Identity", "aws-chunked", "identity, aws-chunked", ","})
  void noEncoding_isNotDecoded(String encoding) {
    assertThat(ContentEncoding.isKnown(encoding)).isFalse();
    assertThat(ContentEncoding.unknown(encoding)).isEmpty();
  }

  /** As a store sends it that keeps what an uploader declared. */
  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "gzip, deflate"})
  void bodyThatIsNotEncodedAsDeclared_isTheBodyItself(String encoding) throws IOException {
    assertThat(ContentEncoding.isKnown(encoding)).isTrue();
    assertThat(decoded(TEXT, encoding)).isEqualTo(TEXT);
  }

  @Test
  void gzipOfDeflate_isDecodedTwice() throws IOException {
    assertThat(decoded(gzip(deflate(TEXT)), "deflate, gzip")).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gzip", "GZIP", "x-gzip", " gzip ", "identity, gzip", "gzip, aws-chunked"})
  void gzip_isDecoded(String encoding) throws IOException {
    assertThat(decoded(gzip(TEXT), encoding)).isEqualTo(TEXT);
  }

  @Test
  void deflate_isDecoded() throws IOException {
    assertThat(decoded(deflate(TEXT), "deflate")).isEqualTo(TEXT);
  }

  /** RFC 1952, 2.2: a file is one member after another. */
  @Test
  void gzipOfSeveralMembers_isDecodedToItsEnd() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(gzip(TEXT));
    bytes.write(gzip(TEXT));
    InputStream arriving = new ByteArrayInputStream(bytes.toByteArray());
    EncodedBody body =
        new EncodedBody(
            () -> {
              byte[] one = arriving.readNBytes(1);
              return one.length == 0 ? null : Buffer.buffer(one);
            },
            "gzip");

    Buffer decoded = Buffer.buffer();
    for (Buffer piece = body.next(); piece != null; piece = body.next()) {
      decoded.appendBuffer(piece);
    }

    assertThat(decoded.toString()).isEqualTo(new String(TEXT, UTF_8).repeat(2));
  }

  @Test
  void truncatedGzip_isAnError() throws IOException {
    byte[] whole = gzip(TEXT);

    assertThatThrownBy(() -> decoded(java.util.Arrays.copyOf(whole, whole.length - 4), "gzip"))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip, br", "utf-8", "x\u001b[31m"})
  void encodingThatCannotBeRead_isNamed(String encoding) {
    assertThat(ContentEncoding.isKnown(encoding)).isFalse();
    assertThat(ContentEncoding.unknown(encoding).orElseThrow())
        .contains("although the request accepts no encoding")
        .doesNotContain("\u001b");
  }

  private static byte[] decoded(byte[] body, String encoding) throws IOException {
    return ContentEncoding.decoded(new ByteArrayInputStream(body), encoding).readAllBytes();
  }

  private static byte[] deflate(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }
}
