package io.soracourier.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More secrets than are kept, and texts that are made to take long. */
class ManySecretsTest {
  @AfterEach
  void forget() {
    Secrets.forgetReceived();
  }

  @Test
  void twoHundredUrlsOfABody_areAllKnown() {
    ReceivedText.of(urls("few", 200).getBytes(UTF_8));

    assertThat(words("few", 200))
        .allSatisfy(text -> assertThat(shown(text)).isEqualTo("bad … end"));
    assertThat(shown("an ordinary text of 1080p, v2")).isEqualTo("an ordinary text of 1080p, v2");
  }

  @Test
  void moreUrlsThanAreKept_leaveNoneToBeShown() {
    ReceivedText.of(urls("flood", 100_000).getBytes(UTF_8));

    for (int i : new int[] {0, 100, 199, 255, 256, 1_000, 99_999}) {
      assertThat(shown("bad " + signature("flood", i) + " end")).isEqualTo("bad … end");
    }
    assertThat(shown("Generating failed: too many requests, retry later"))
        .isEqualTo("Generating failed: too many requests, retry later");
    String id = "task_01jwzn8pwpefnrxfnsv4fvrjc6";
    assertThat(Excerpt.of("GET /jobs/" + id + " returned 410", 200, List.of(id)))
        .isEqualTo("GET /jobs/" + id + " returned 410");
  }

  @Test
  void moreUrlsInSeveralBodiesThanAreKept_leaveNoneToBeShown() {
    for (int body = 0; body < 10; body++) {
      ReceivedText.of(urls("body" + body, 200).getBytes(UTF_8));
    }

    for (int body = 0; body < 10; body++) {
      assertThat(shown("bad " + signature("body" + body, 7) + " end")).isEqualTo("bad … end");
    }
  }

  @Test
  void moreUrlsInHeadersThanAreKept_leaveNoneToBeShown() {
    List<String> values =
        IntStream.range(0, 3_000).mapToObj(i -> "</x?sig=" + signature("header", i) + ">").toList();

    ReceivedText.registerHeaders(Map.of("Link", values));

    for (int i : new int[] {0, 255, 256, 2_999}) {
      assertThat(shown("bad " + signature("header", i) + " end")).isEqualTo("bad … end");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 20_000})
  void veryLongSecretOfAUrl_isNotShown(int length) {
    String secret = "aB3".repeat(length / 3);

    ReceivedText.of(("/x?sig=" + secret).getBytes(UTF_8));

    assertThat(shown("bad " + secret + " end")).isIn("bad … end", "bad …");
    assertThat(shown("bad " + secret.substring(0, length / 2))).isEqualTo("bad …");
  }

  /** Each would take hours if the time were not in proportion to the length. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "aB3",
        "a\0",
        "a\ufffd",
        "a%00",
        "a&#0",
        "a\\n",
        "%25",
        "&amp",
        "&#38",
        "&#38;#38",
        "eyJ",
        "eyJabcdef.",
        "token",
        "token=",
        "sig=\"",
        "\"\\",
        "token:\\\"",
        "?sig=",
        "&a",
        "://a:",
        ")",
        "sharedkey ",
        "a                 "
      })
  void textThatIsMadeToTakeLong_isReadOrLeftOut(String piece) {
    Secrets.Registration known =
        Secrets.registerUntilClosed(
            List.of("a".repeat(16_000), "aB3".repeat(5_000), "&#38;#38".repeat(100)));
    String text = piece.repeat(1024 * 1024 / piece.length());

    assertThat(Excerpt.of(ReceivedText.of(text.getBytes(UTF_8)), 500)).hasSizeLessThan(502);
    assertThat(Redaction.of(text.substring(0, 64 * 1024), 16 * 1024)).isNotNull();
    known.close();
  }

  private static String shown(String text) {
    return Excerpt.of(text, 500);
  }

  private static List<String> words(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> "bad " + signature(name, i) + " end").toList();
  }

  private static String signature(String name, int i) {
    return "S" + Integer.toHexString(i * 7919) + "x" + name + "Zq";
  }

  private static String urls(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"url\":\"/x?sig=" + signature(name, i) + "\"}")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
