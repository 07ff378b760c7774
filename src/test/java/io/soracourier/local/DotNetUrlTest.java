package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotNetUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /api/diagnose/task_1            | /api/diagnose/task_1
          /api/diagnose/..%5Cx            | /api/x
          /api/diagnose/..%5c..%5Ckeys    | /keys
          /api/diagnose/%2e%2e/x          | /api/x
          /api/diagnose/%252e%252e%5Cx    | /api/x
          /api/diagnose/%252e%252e        | /api/
          /../../api/./x                  | /api/x
          /api/x/..                       | /api/
          /api/a%253Ab                    | /api/a%3Ab
          /api/a%3Ab                      | /api/a:b
          /api/a%2Fb%2fc                  | /api/a%2Fb%2fc
          /api/a%252Fb                    | /api/a%2Fb
          /api/a%2541b%257E               | /api/aAb~
          /api/a%255Cb                    | /api/a%5Cb
          /api/a%20b%3Cc%3E               | /api/a%20b%3Cc%3E
          /api/a%22%5E%7B%7C%7D%60        | /api/a%22%5E%7B%7C%7D%60
          /api/a%                         | /api/a%25
          /api/a%zz                       | /api/a%25zz
          /api/a%25zz                     | /api/a%25zz
          /api/a%252                      | /api/a%252
          /api/%C3%A4%F0%9F%8E%AC         | /api/%C3%A4%F0%9F%8E%AC
          /api/%C3%28                     | /api/%C3(
          /api/%E2%80%AEx                 | /api/%E2%80%AEx
          /api/a%3Fb                      | /api/a
          /api/a%23b                      | /api/a
          /api/a;b=c                      | /api/a;b=c
          /api//a///b                     | /api//a///b
          /api/a+b@1                      | /api/a+b@1
          """)
  void path_isDecodedOnceAndBuiltAgain(String raw, String forwarded) {
    assertThat(DotNetUrl.decoded(raw))
        .map(path -> DotNetUrl.forwardedPath(path, true))
        .contains(forwarded);
  }

  @Test
  void pathWithANullCharacter_isRefused() {
    assertThat(DotNetUrl.decoded("/api/a%00")).isEmpty();
    assertThat(DotNetUrl.decoded("/api/a%2500")).contains("/api/a%00");
  }

  @Test
  void blankAtTheEnd_isLostWithoutAQuery() {
    assertThat(DotNetUrl.forwardedPath("/api/a b  ", false)).isEqualTo("/api/a%20b");
    assertThat(DotNetUrl.forwardedPath("/api/a ", true)).isEqualTo("/api/a%20");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a=1&b=2              | ?a=1&b=2
          a=1&A=2              | ?a=1,2
          a                    | ?a=
          &&                   | ``
          ``                   | ``
          id=a%253Ab%3Ac       | ?id=a%253Ab%3Ac
          id=a+b%2Bc           | ?id=a%20b%2Bc
          code=x%3D%3D         | ?code=x%3D%3D
          a=%zz                | ?a=%25zz
          a=(x)!*;@~           | ?a=(x)!*;@~
          a=ä                  | ?a=%C3%A4
          """)
  void query_isDecodedAndEncodedAgain(String raw, String forwarded) {
    assertThat(DotNetUrl.forwardedQuery(raw)).isEqualTo(forwarded);
  }

  @Test
  void segments_areTheEmptyOnesToo() {
    assertThat(DotNetUrl.segments("/")).isEmpty();
    assertThat(DotNetUrl.segments("/api/a/")).containsExactly("api", "a");
    assertThat(DotNetUrl.segments("/api//a")).containsExactly("api", "", "a");
    assertThat(DotNetUrl.segments("//api")).containsExactly("", "api");
  }
}
