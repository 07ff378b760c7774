package io.soracourier.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments as the host forwards them. */
class ForwardedPathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          task_01k742sg3v            | task_01k742sg3v
          a:b=c+d~e.f                | a:b=c+d~e.f
          models%2Fveo-3:gemini      | models%2Fveo-3:gemini
          a%3Ab%3db                  | a%3Ab%3db
          a%253Ab                    | a%253Ab
          a%20b                      | a b
          %3Cscript%3E               | <script>
          %C3%A4%E2%80%AE               | ä‮
          %22%5E%7B%7D               | "^{}
          a%25                       | a%
          a%252                      | a%2
          a%25zz                     | a%zz
          """)
  void escapeOfTheHost_isUndoneAndTheCallersIsKept(String raw, String text) {
    assertThat(ForwardedPath.text(raw)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task_01k742sg3v",
        "a:b=c+d~e.f-g_h",
        "models%2Fveo-3:gemini",
        "%3A%3a%3D%2B%5C%40%23%3F",
        "a%25AB"
      })
  void idWithoutAnAmbiguousEscape_isCarried(String id) {
    assertThat(ForwardedPath.carries(id)).isTrue();
    assertThat(ForwardedPath.text(id)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%20b", "%41", "%7E", "%2D", "%2e%2e", "%C3%A4", "%00", "%25", "%25zz"})
  void idWithAnAmbiguousEscape_isNotCarried(String id) {
    assertThat(ForwardedPath.carries(id)).isFalse();
  }
}
