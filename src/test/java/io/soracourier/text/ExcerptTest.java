package io.soracourier.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a\r\nb", "a\tb", "a\u0000b", "a\u0085b", "a\u009bb", "a\u2028b", "a\u2029 \n b"})
  void lineBreaksAndControls_becomeOneSpace(String text) {
    assertThat(Excerpt.of(text, 100)).isEqualTo("a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\ud800b", "a\udc00b", "a\uffffb", "a\ue000b", "a\u202eb", "a\u2066b"})
  void unprintable_isReplaced(String text) {
    assertThat(Excerpt.of(text, 100)).isEqualTo("a\ufffdb");
  }

  @Test
  void ordinaryText_isKept() {
    String text = "Größe 480×480 – \"ok\" 影片 🎬: see https://aka.ms/sora#top, it's {\"a\": 1}";

    assertThat(Excerpt.of(text, 100)).isEqualTo(text);
  }

  @Test
  void longText_isCut() {
    assertThat(Excerpt.of("x".repeat(1_000_000), 10)).isEqualTo("xxxxxxxxxx…");
    assertThat(Excerpt.of("x".repeat(10), 10)).isEqualTo("xxxxxxxxxx");
  }

  @Test
  void cutInsideSurrogatePair_leavesNoHalf() {
    assertThat(Excerpt.of("abc🎬def", 4)).isEqualTo("abc…");
    assertThat(Excerpt.cut("abc🎬def", 4)).isEqualTo("abc…");
    assertThat(Excerpt.cut("abc🎬def", 5)).isEqualTo("abc🎬…");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          see https://a.blob.core.windows.net/v/1.mp4?sv=1&sig=SECRET%3D now | see https://a.blob.core.windows.net/v/1.mp4?… now
          <a href="HTTPS://h/p?q=SECRET">x</a>                               | <a href="HTTPS://h/p?…">x</a>
          at https://user:SECRET@h/p                                         | at https://h/p
          Authorization: Bearer SECRET.SECRET-SECRET_x==                     | Authorization: Bearer …
          got api-key: SECRET, and                                           | got api-key: …, and
          {"api-key":"SECRET","a":1}                                         | {"api-key":"…","a":1}
          AccountName=x;AccountKey=SECRET==;Endpoint                         | AccountName=x;AccountKey=…;Endpoint
          sv=2024&sig=SECRET&se=1                                            | sv=2024&sig=…&se=1
          """)
  void whatLooksLikeACredential_isLeftOut(String text, String excerpt) {
    assertThat(Excerpt.of(text, 200)).isEqualTo(excerpt).doesNotContain("SECRET");
  }

  @Test
  void credentialAcrossTheCut_isLeftOut() {
    String text = "x".repeat(90) + " Bearer " + "SECRET".repeat(100);

    assertThat(Excerpt.of(text, 100)).isEqualTo("x".repeat(90) + " Bearer …");
  }
}
