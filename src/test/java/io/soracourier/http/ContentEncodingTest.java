package io.soracourier.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentEncodingTest {
  private static final byte[] TEXT = "{\"status\":\"completed\"}".repeat(100).getBytes(UTF_8);

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "identity", "Identity"})
  void noEncoding_isTheBodyItself(String encoding) throws IOException {
    assertThat(decoded(TEXT, encoding)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "x-gzip", " gzip "})
  void gzip_isDecoded(String encoding) throws IOException {
    assertThat(decoded(gzip(TEXT), encoding)).isEqualTo(TEXT);
  }

  @Test
  void deflate_isDecoded() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(TEXT);
    }

    assertThat(decoded(bytes.toByteArray(), "deflate")).isEqualTo(TEXT);
  }

  @Test
  void truncatedGzip_isAnError() throws IOException {
    byte[] whole = gzip(TEXT);

    assertThatThrownBy(() -> decoded(java.util.Arrays.copyOf(whole, whole.length - 4), "gzip"))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip, br", "x\u001b[31m"})
  void encodingThatCannotBeRead_isNamed(String encoding) {
    assertThatThrownBy(() -> decoded(TEXT, encoding))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("although the request accepts no encoding")
        .hasMessageNotContaining("\u001b");
  }

  private static byte[] decoded(byte[] body, String encoding) throws IOException {
    return ContentEncoding.decoded(new ByteArrayInputStream(body), encoding).readAllBytes();
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }
}
