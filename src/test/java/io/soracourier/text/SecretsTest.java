package io.soracourier.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final List<String> SECRETS =
      List.of(
          "Zq7xVn2LwT",
          "aB3+dE6/gH9==kL",
          "p&q<r>s\"t'u%41v\\w+x/y=z",
          "eyJ0eXAi.eyJhdWQi-_x.c2lnbmF0dXJl",
          "%2Bliteral%25escape",
          "0123456789abcdef0123456789abcdef");

  private Secrets.Registration known = Secrets.registerUntilClosed(List.of());

  private void know(List<String> secrets) {
    known.close();
    known = Secrets.registerUntilClosed(secrets);
  }

  @AfterEach
  void forget() {
    known.close();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void knownSecretInAnyForm_isTakenOut(String secret, String form) {
    assertRedacted(secret, "before " + form + " after");
    assertRedacted(secret, form);
    assertRedacted(secret, form + form);
    assertRedacted(secret, "{\"echo\":\"" + form + "\"}");
  }

  private void assertRedacted(String secret, String text) {
    know(List.of(secret));
    String redacted = Redaction.ofKnown(text, 100_000);

    for (String form : Encodings.of(secret)) {
      assertThat(redacted).doesNotContain(form);
    }
    assertThat(redacted).contains("…").doesNotContain(secret.substring(0, 8));
  }

  static Stream<String[]> forms() {
    return SECRETS.stream()
        .flatMap(secret -> Encodings.of(secret).stream().map(form -> new String[] {secret, form}));
  }

  @Test
  void textAroundASecret_isKept() {
    know(List.of("Zq7xVn2LwT"));
    assertThat(Excerpt.of("wrong key Zq7xVn2LwT, use another", 100))
        .isEqualTo("wrong key …, use another");
    assertThat(Excerpt.of("Zq7xVn2LwTZq7xVn2LwT", 100)).isEqualTo("……");
    assertThat(Excerpt.of("Zq7xVn2 Zq7xVn2Lw_ zq7xvn2lw", 100)).isEqualTo("Zq7xVn2 Zq7xVn2Lw_ …");
    forget();
    assertThat(Excerpt.of("wrong key Zq7xVn2LwT", 100)).isEqualTo("wrong key Zq7xVn2LwT");
  }

  @Test
  void secretAcrossEveryCut_leavesNothingBehind() {
    String secret = "aB3+dE6/gH9==kL";
    know(List.of(secret));
    for (String form : Encodings.alone(secret)) {
      for (int longest : new int[] {60, 80, 200}) {
        for (int inside = 0; inside <= form.length(); inside++) {
          assertNothingLeft(form, longest, longest - inside);
          assertNothingLeft(form, longest, 4 * longest - inside);
        }
      }
    }
  }

  private static void assertNothingLeft(String form, int longest, int before) {
    String text = "-".repeat(Math.max(0, before)) + form + "-".repeat(5 * longest);

    String excerpt = Excerpt.of(text, longest);

    assertThat(excerpt).hasSizeLessThanOrEqualTo(longest + 1);
    for (int i = 0; i + 8 <= form.length(); i++) {
      assertThat(excerpt).doesNotContain(form.substring(i, i + 8));
    }
  }

  @Test
  void textThatEndsInsideASecret_losesItsBeginning() {
    String secret = "aB3+dE6/gH9==kL";
    know(List.of(secret));
    for (String form : Encodings.of(secret)) {
      for (int length = 0; length < form.length(); length++) {
        for (String end : List.of("", "…", "...")) {
          String redacted = Excerpt.of("key=" + form.substring(0, length) + end, 1000);

          assertThat(redacted).doesNotContain(secret.substring(0, 8));
        }
      }
    }
    assertThat(Excerpt.of("key: aB3+dE6/", 100)).isEqualTo("key: …");
    assertThat(Excerpt.of("key: aB3%2BdE6%2FgH9%3", 100)).isEqualTo("key: …");
    assertThat(Excerpt.of("key: aB3+dE6", 100)).isEqualTo("key: aB3+dE6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\\r\\n", "%0D%0A", "&#10;"})
  void secretWrappedOverLines_isTakenOut(String lineBreak) {
    know(List.of("Zq7xVn2LwT"));
    assertThat(Excerpt.of("a Zq7x" + lineBreak + "Vn2L" + lineBreak + "wT b", 100))
        .isEqualTo("a … b");
  }

  @Test
  void secretsThatOverlap_areTakenOutTogether() {
    know(List.of("abcdefgh1234", "gh1234567890", "cdefgh12"));
    assertThat(Excerpt.of("-abcdefgh1234567890-", 100)).isEqualTo("-…-");
  }

  @Test
  void accountKey_isTakenOutInEveryEncodingOfItsBytes() {
    byte[] key = HexFormat.of().parseHex("fbefbe00112233445566778899aabbccddeeff0102030405");
    Secrets.register("account key of this test", key);

    assertThat(
            Stream.of(
                Base64.getEncoder().encodeToString(key),
                Base64.getUrlEncoder().withoutPadding().encodeToString(key),
                HexFormat.of().formatHex(key),
                HexFormat.of().withUpperCase().formatHex(key)))
        .allSatisfy(form -> assertThat(Excerpt.of("key " + form + " ", 500)).isEqualTo("key …"));
  }

  @Test
  void shortText_isNotASecret() {
    know(List.of("x", "1234567"));
    assertThat(Excerpt.of("x 1234567", 100)).isEqualTo("x 1234567");
  }

  @Test
  void manySecretsOfAKind_areBoundedToTheLatest() {
    IntStream.range(0, 1000).forEach(i -> Secrets.register("kind", i + "-a-secret-of-many"));

    assertThat(Excerpt.of("999-a-secret-of-many 936-a-secret-of-many", 100)).isEqualTo("… …");
    assertThat(Redaction.ofKnown("935-a-secret-of-many", 100)).isEqualTo("935-a-secret-of-many");
    // It had to make room sooner than it may be repeated.
    assertThat(Excerpt.of("no 935-a-secret-of-many", 100)).isEqualTo("no …");
    Secrets.forgetReceived();
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/p?sv=1&sig=Q%2Bw3%2FxYz8k%3D&se=2026-11-25T10:00:00Z, Q+w3/xYz8k=",
    "https://h/p?X-Amz-Signature=0f1e2d3c4b5a6978&X-Amz-Date=20261125T100000Z, 0f1e2d3c4b5a6978",
    "https://h/p?Expires=1764064800&Signature=Ab1~Cd2-Ef3_&Key-Pair-Id=K2JCJMDEHXQW5F, Ab1~Cd2-Ef3_",
    "https://h/p?X-Goog-Signature=99aabbccddeeff00, 99aabbccddeeff00",
    "https://h/p?token=tok-1234567890, tok-1234567890",
    "https://h/p?a=1&api_key=key-1234567890, key-1234567890",
    "/p?key=key-0987654321, key-0987654321",
  })
  void signatureOfAReceivedUrl_isTakenOutOfLaterTexts(URI url, String secret) {
    Secrets.registerQuery(url);

    assertThat(Excerpt.of("no match for " + secret + " ", 100)).isEqualTo("no match for …");
    for (String form : Encodings.of(secret)) {
      assertThat(Excerpt.of("no match for " + form, 1000)).contains("…").doesNotContain(form);
    }
  }

  @Test
  void harmlessPartsOfAReceivedUrl_areKept() {
    Secrets.registerQuery(
        URI.create("https://h/videos/gen_1?sv=2025-11-05&se=2027-01-01T00:00:00Z&name=my-video-1"));
    String text = "2025-11-05 2027-01-01T00:00:00Z my-video-1 /videos/gen_1";

    assertThat(Excerpt.of(text, 100)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "%25", "%", "\\u005c", "&amp;", "&#38;", "\\", "a://", "Zq7xVn2Lw"})
  void largeTextOfEscapes_isReadToItsEnd(String piece) {
    String text = piece.repeat(64 * 1024 / piece.length());
    know(SECRETS);

    assertThat(Redaction.ofKnown(text + " Zq7xVn2LwT", Integer.MAX_VALUE)).isEqualTo(text + " …");
    assertThat(Redaction.ofUnknown(text)).isEqualTo(text);
  }

  @Test
  void signatureOfARequest_isTakenOut() {
    String signature = Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(UTF_8));

    assertThat(Excerpt.of("got 'SharedKey account:" + signature + "'", 100))
        .isEqualTo("got 'SharedKey account:…'");
  }

  @Test
  void line_isFitForALogAndKeepsIds() {
    know(List.of("Zq7xVn2LwT"));
    assertThat(Excerpt.line("video_Zq7xVn2LwT\n sig=x ", 100)).isEqualTo("video_Zq7xVn2LwT sig=x");
    assertThat(Excerpt.line("x".repeat(1_000_000), 10)).isEqualTo("xxxxxxxxxx…");
  }
}
