package io.soracourier.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is learned of a response before any of it is quoted. */
class ReceivedTextTest {
  private static final String SHOWN = "bad … here";

  private static void assertLearned(String signature) {
    assertThat(Excerpt.of("bad " + signature + " here", 200)).isEqualTo(SHOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\":\"/dl/x.mp4?sig=%s\"}",
        "{\"url\":\"https:\\/\\/h\\/x.mp4?a=1&sig=%s&b=2\"}",
        "{\"url\":\"https://h/x.mp4?a=1\\u0026sig=%s\\u0026b=2\"}",
        "{\"url\":\"https://h/x.mp4\\u003Fsig\\u003D%s\"}",
        "{\"json\":\"{\\\"url\\\":\\\"/x?a=1\\\\u0026sig=%s\\\"}\"}",
        "<a href=\"/x?a=1&amp;sig=%s&amp;b=2\">",
        "<a href='/x?a=1&amp;amp;sig=%s'>",
        "<a href=/x?a=1&#38;sig=%s>",
        "<a href=/x?a=1&ampsig=%s>",
        "see https://h/x?sig=%s, or ask",
        "(https://h/x?sig=%s)",
        "https://h/login?next=https%3A%2F%2Fh%2Fx%3Fa%3D1%26sig%3D%s",
        "next=%252Fx%253Fsig%253D%s%2526a",
        "sv=2024&sig=%s",
        "https://h/x;jsessionid=%s?a=1",
        "https://h/x#access_token=%s&x",
        "https://h/x?X-Amz-Security-Token=%s",
        "https://h/x?Policy=%s&Key-Pair-Id=K1",
        "https://user:%s@h/x",
        "<https://h/x?token=%s>; rel=next",
        "0;url=/x?Signature=%s"
      })
  void secretInAUrlOfAText_isKnownAtOnce(String text) {
    String signature = "SiGnAtUrE" + Integer.toHexString(text.hashCode()) + "z";

    ReceivedText.of(text.replace("%s", signature).getBytes(UTF_8));

    assertLearned(signature);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Location", "Content-Location", "Link", "Refresh", "Set-Cookie", "x-any"})
  void secretInAUrlOfAHeader_isKnownAtOnce(String name) {
    String signature = "h3AdEr-" + name;

    ReceivedText.registerHeaders(
        Map.of(name, List.of("a", "<https://h/x?b=1&sig=" + signature + ">; rel=\"next\"")));

    assertLearned(signature);
  }

  @Test
  void signatureIsKnownAsItWasMeant() {
    ReceivedText.of("{\"url\":\"/x?sig=Qx%2Bw3%2FyZ8k%3D\\u0026a\"}".getBytes(UTF_8));
    ReceivedText.of("{\"url\":\"/x?sig=Rx&#43;w3&#x2F;yZ8k&#61;&amp;a\"}".getBytes(UTF_8));

    assertLearned("Qx+w3/yZ8k=");
    assertLearned("Qx%2bw3%2fyZ8k%3d");
    assertLearned("Rx+w3/yZ8k=");
  }

  @Test
  void harmlessPartsOfATextWithUrls_areKept() {
    String text =
        "code=InvalidRequest1 and token=placeholder1; see"
            + " https://h/videos/gen_1?id=video_123456789&name=harmless-name#section-title";

    ReceivedText.of(text.getBytes(UTF_8));

    String words = "InvalidRequest1 placeholder1 video_123456789 harmless-name section-title";
    assertThat(Excerpt.of(words, 200)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, false",
    "UTF-8, true",
    "UTF-16LE, false",
    "UTF-16LE, true",
    "UTF-16BE, false",
    "UTF-16BE, true",
    "UTF-32LE, false",
    "UTF-32LE, true",
    "UTF-32BE, false",
    "UTF-32BE, true"
  })
  void bodyInAnyUnicodeEncoding_isText(String charset, boolean mark) {
    for (String text : List.of("a", "{}", "{\"error\":\"bad key größer 480\"}", "x".repeat(1001))) {
      byte[] body = ((mark ? "\uFEFF" : "") + text).getBytes(Charset.forName(charset));

      assertThat(ReceivedText.of(body).replace("\uFEFF", "")).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "ab", "\0", "\0\0\0\0", "a\0bcdefghijklmnop", "a\0\0\0bcdefgh", "影片 影片"})
  void otherBodies_areReadAsUtf8(String text) {
    assertThat(ReceivedText.of(text.getBytes(UTF_8))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "an error, false",
    "'\u001b[31man error\u001b[0m, in red', false",
    "'\u0000\u0000\u0000\u0018ftypisom', true",
    "'\ufffd\ufffdJFIF, a picture', true"
  })
  void bodyThatIsNoText_isBinary(String body, boolean binary) {
    assertThat(ReceivedText.isBinary(body)).isEqualTo(binary);
  }
}
