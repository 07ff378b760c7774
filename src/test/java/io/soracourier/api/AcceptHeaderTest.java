package io.soracourier.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptHeaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
        "text/html",
        "Text/HTML;charset=utf-8",
        "application/json, text/html",
        "application/json;q=0.5,text/html;q=0.5",
        " text/html ; q=1.0 , */*;q=0.1"
      })
  void readerWhoNamesHtml_getsThePage(String accept) {
    assertThat(AcceptHeader.wantsPage(accept)).isTrue();
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
    assertThat(AcceptHeader.wantsPage(accept)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          text/html, */*;q=0.8                  | text/html, */*;q=0.8
          nonsense, application/json            | application/json
          text/html;q=0, */*                    | */*
          application/json;q=1.0;v="b,3"        |
          image/avif;q=0.1;ext=1, a/b;q=0.0001  | image/avif;q=0.1;ext=1
          a/b; Q = 0.5                          | a/b;Q=0.5
          """)
  void whatCannotBeReadOrIsNotWanted_isTakenOut(String accept, String left) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("accept", accept);

    AcceptHeader.tidy(headers);

    assertThat(headers.get("Accept")).isEqualTo(left);
  }
}
