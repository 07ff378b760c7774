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
import java.util.zip.ZipException;
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

    assertThat(text(arriving(bytes.toByteArray(), null)))
        .isEqualTo(new String(TEXT, UTF_8).repeat(2));
  }

  /** Between two members, in the header of the next one, and in what may be padding. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 9})
  void gzipCutAfterAMember_isNotTakenForWhole(int more) throws IOException {
    byte[] member = gzip(TEXT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(member);
    bytes.write(member, 0, more);
    IOException reset = new IOException("Connection reset");
    EncodedBody body = arriving(bytes.toByteArray(), reset);

    assertThatThrownBy(() -> text(body)).isSameAs(reset);
    assertThatThrownBy(body::next).isSameAs(reset);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 100, 32_768})
  void gzipWithPadding_endsWhereItsResponseDoes(int zeros) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(gzip(TEXT));
    bytes.write(new byte[zeros]);

    assertThat(text(arriving(bytes.toByteArray(), null))).isEqualTo(new String(TEXT, UTF_8));
    assertThatThrownBy(() -> text(arriving(bytes.toByteArray(), new IOException("reset"))))
        .hasMessage("reset");
  }

  @Test
  void gzipWithoutEndOfPadding_isNotReadForEver() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(gzip(TEXT));
    bytes.write(new byte[200_000]);

    assertThatThrownBy(() -> text(arriving(bytes.toByteArray(), null)))
        .isInstanceOf(ZipException.class);
  }

  /** Byte by byte, and then the failure, or the end. */
  private static EncodedBody arriving(byte[] bytes, IOException failure) {
    InputStream arriving = new ByteArrayInputStream(bytes);
    return new EncodedBody(
        () -> {
          byte[] one = arriving.readNBytes(1);
          if (one.length == 0 && failure != null) {
            throw failure;
          }
          return one.length == 0 ? null : Buffer.buffer(one);
        },
        "gzip");
  }

  private static String text(EncodedBody body) throws IOException {
    Buffer decoded = Buffer.buffer();
    for (Buffer piece = body.next(); piece != null; piece = body.next()) {
      decoded.appendBuffer(piece);
    }
    return decoded.toString();
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
