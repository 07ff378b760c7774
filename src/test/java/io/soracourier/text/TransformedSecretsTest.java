package io.soracourier.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that were changed on their way: by a server, by a parser, or by what cuts texts. */
class TransformedSecretsTest {
  private static final String HEX = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
  private static final String SPECIAL = "Zq9+/x%7&Kp\"\\<tR=ab3d_wX~e!5";

  /** With what of Base64 does not depend on the secret alone. */
  private static final String ONE_GONE =
      "(key|invalid version format:) [A-Za-z0-9]{0,12}….{0,12} end";

  private Secrets.Registration known = Secrets.registerUntilClosed(List.of(HEX, SPECIAL));

  @AfterEach
  void forget() {
    known.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {HEX, SPECIAL})
  void secretInAnotherCase_isTakenOutInEveryForm(String secret) {
    for (String form : Encodings.of(secret)) {
      for (String text : List.of(form.toUpperCase(Locale.ROOT), form.toLowerCase(Locale.ROOT))) {
        assertThat(Excerpt.of("invalid version format: " + text + " end", 2_000))
            .as(text)
            .matches(ONE_GONE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0", "\0\0\0", "\b", "\u007f", "\u0085", "\ufffd", "\u200b", "\u00ad", "\u2060", "\ufeff",
        "\u034f", "\ud800", "\uffff", "\ue000", "\r\n", "\u2028", "\\u0000", "%00", "&#8203;"
      })
  void charactersThatAreNotSeenInsideASecret_doNotHideIt(String between) {
    String spread =
        HEX.replaceAll("(?<=.)(?=.)", java.util.regex.Matcher.quoteReplacement(between));

    assertThat(Excerpt.of("bad key " + spread + " end", 500)).isEqualTo("bad key … end");
    assertThat(Redaction.of("bad key " + spread + " end", 500)).isEqualTo("bad key … end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "\0",
        " \0 ",
        "\n",
        "\t\t",
        "\u00a0",
        "\ufffd",
        "\ufffd\ufffd ",
        "…",
        " …",
        "...",
        "  ... ",
        "\u3000",
        "\u200b",
        "\r\n\r\n"
      })
  void secretCutAtTheEnd_leavesNothing(String end) {
    String part = HEX.substring(0, 12);
    String text = Excerpt.of("-- " + part + end, 500);

    assertThat(text).startsWith("-- …").doesNotContain(HEX.substring(0, 4));
    assertThat(Redaction.of("-- " + part + end, 500)).doesNotContain(HEX.substring(0, 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"}", " [truncated]", "</p>", "' is wrong", "*****"})
  void longBeginningOfASecret_isTakenOutWhateverFollows(String after) {
    assertThat(Excerpt.of("key " + HEX.substring(0, 20) + after, 500)).isEqualTo("key …" + after);
  }

  @Test
  void wordsThatASecretBeginsWith_areKept() {
    known.close();
    known = Secrets.registerUntilClosed(List.of("generations-0a1b2c3d4e5f"));

    assertThat(Excerpt.of("there are no generations yet", 500))
        .isEqualTo("there are no generations yet");
    assertThat(Excerpt.of("no Generations-0A1B2C3D4E5F", 500)).isEqualTo("no …");
  }

  @ParameterizedTest
  @MethodSource("encoded")
  void secretAsEncodersOfOtherLanguagesWriteIt_isTakenOut(String form) {
    assertThat(Excerpt.of("key " + form + " end", 1000)).isEqualTo("key … end");
    assertThat(Excerpt.of("key " + base64(form) + " end", 1000)).matches(ONE_GONE);
    assertThat(Excerpt.of("key " + base64("user:" + form + ":"), 1000))
        .startsWith("key ")
        .hasSizeLessThan(25);
  }

  static Stream<String> encoded() {
    return Stream.of(
        // JavaScript
        "Zq9%2B%2Fx%257%26Kp%22%5C%3CtR%3Dab3d_wX~e!5",
        "Zq9+/x%257&Kp%22%5C%3CtR=ab3d_wX~e!5",
        // RFC 3986: Go, .NET, PHP; Python, which keeps the slash; .NET in lower case
        "Zq9%2B%2Fx%257%26Kp%22%5C%3CtR%3Dab3d_wX~e%215",
        "Zq9%2B/x%257%26Kp%22%5C%3CtR%3Dab3d_wX~e%215",
        "Zq9%2b%2fx%257%26Kp%22%5c%3ctR%3dab3d_wX%7ee!5",
        // JSON
        "Zq9+/x%7&Kp\\\"\\\\<tR=ab3d_wX~e!5",
        "Zq9+\\/x%7&Kp\\\"\\\\<tR=ab3d_wX~e!5",
        "Zq9\\u002B/x%7\\u0026Kp\\u0022\\\\\\u003CtR=ab3d_wX~e!5",
        "Zq9+/x%7\\u0026Kp\\\"\\\\\\u003ctR=ab3d_wX~e!5",
        // HTML
        "Zq9+/x%7&amp;Kp&quot;\\&lt;tR=ab3d_wX~e!5",
        "Zq9&#43;/x%7&amp;Kp&#34;\\&lt;tR=ab3d_wX~e!5",
        "Zq9+&#x2F;x%7&amp;Kp&quot;\\&lt;tR&#x3D;ab3d_wX~e!5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zq9+/x%7&ampKp&quot\\&lttR=ab3d_wX~e!5",
        "Zq9&#43/x%7&#38Kp&#34\\&#60tR=ab3d_wX~e!5",
        "Zq9&#x2b/x%7&#x26Kp&#x22\\&#x3ctR=ab3d_wX~e!5",
        "Zq9+/x%7&AMPKp&QUOT\\&LTtR&#61ab3d_wX~e!5",
        "Zq9&PLUS;&SOL;x%7&Amp;Kp&Quot;\\&Lt;tR=ab3d_wX~e!5",
        "Zq9\\U002B/x%7\\X26Kp\\u0022\\\\\\X3CtR=ab3d_wX~e!5"
      })
  void entitiesWithoutSemicolonOrInAnotherCase_areRead(String form) {
    assertThat(Excerpt.of("key " + form + " end", 500)).isEqualTo("key … end");
  }

  @Test
  void tokensOfAWhile_areAllKnown() {
    IntStream.range(0, 40)
        .forEach(i -> Secrets.register("token of this test", "0paque~token~" + i));

    assertThat(Excerpt.of("0paque~token~0 0paque~token~1 0paque~token~39 ", 500))
        .isEqualTo("… … …");
  }

  private static String base64(String text) {
    return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
