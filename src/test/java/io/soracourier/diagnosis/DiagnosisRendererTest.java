package io.soracourier.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisRendererTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        DiagnosedApp.BROWSER,
        "text/html",
        "Text/HTML;charset=utf-8",
        "application/json, text/html",
        "application/json;q=0.5,text/html;q=0.5",
        " text/html ; q=1.0 , */*;q=0.1"
      })
  void readerWhoNamesHtml_getsThePage(String accept) {
    assertThat(DiagnosisRenderer.wantsPage(accept)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/json",
        "text/*",
        "text/html;q=0",
        "text/html;q=0.4,application/json;q=0.5",
        "text/htmlx",
        "xtext/html"
      })
  void anybodyElse_getsJson(String accept) {
    assertThat(DiagnosisRenderer.wantsPage(accept)).isFalse();
  }
}
