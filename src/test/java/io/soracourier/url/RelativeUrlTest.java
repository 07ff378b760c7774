package io.soracourier.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelativeUrlTest {
  /** The examples of RFC 3986, 5.4. */
  @ParameterizedTest
  @CsvSource({
    "g, http://a/b/c/g",
    "./g, http://a/b/c/g",
    "g/, http://a/b/c/g/",
    "/g, http://a/g",
    "//g, http://g",
    "?y, http://a/b/c/d;p?y",
    "g?y, http://a/b/c/g?y",
    "#s, http://a/b/c/d;p?q#s",
    "g#s, http://a/b/c/g#s",
    "g?y#s, http://a/b/c/g?y#s",
    ";x, http://a/b/c/;x",
    "g;x, http://a/b/c/g;x",
    "'', http://a/b/c/d;p?q",
    "., http://a/b/c/",
    "./, http://a/b/c/",
    ".., http://a/b/",
    "../, http://a/b/",
    "../g, http://a/b/g",
    "../.., http://a/",
    "../../g, http://a/g",
    "../../../g, http://a/g",
    "../../../../g, http://a/g",
    "/./g, http://a/g",
    "/../g, http://a/g",
    "g., http://a/b/c/g.",
    "..g, http://a/b/c/..g",
    "./../g, http://a/b/g",
    "./g/., http://a/b/c/g/",
    "g/./h, http://a/b/c/g/h",
    "g/../h, http://a/b/c/h",
    "g?y/../x, http://a/b/c/g?y/../x",
    "https://h/x, https://h/x",
  })
  void reference_isResolvedAsTheRfcHasIt(String reference, String url) {
    assertThat(RelativeUrl.resolve(URI.create("http://a/b/c/d;p?q"), URI.create(reference)))
        .hasToString(url);
  }

  @ParameterizedTest
  @CsvSource({"m/x.mp4, http://a:1/m/x.mp4", "?y, http://a:1?y", "../x, http://a:1/x"})
  void referenceAtAHostWithoutAPath_beginsAtItsRoot(String reference, String url) {
    assertThat(RelativeUrl.resolve(URI.create("http://a:1"), URI.create(reference)))
        .hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m/x.mp4",
        "x.mp4",
        "X.MP4?sig=a:b/c",
        "./m/x",
        "../../m/x",
        "m/x?y=z",
        "m/x y.mp4",
        "video/x1",
        "video/x.mp4",
        "a.b/c",
      })
  void textWithASlashOrTheNameOfAVideo_isAPath(String text) {
    assertThat(RelativeUrl.isPath(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "video",
        "video_1",
        "gen_01",
        "file-abc",
        "mp4",
        ".mp4",
        "pending",
        "a b",
        "n/a",
        "N/A",
        "video/mp4",
        "video/x-matroska",
        "application/octet-stream",
        "not ready/yet soon",
        "m/",
        "..",
        "../..",
        "/m/x.mp4",
        "?x=a/b",
        "#a/b",
        "a?x=/b.mp4",
        "https://h/x.mp4",
        "s3://b/x.mp4",
        "gs://b/x",
        "file:///x.mp4",
        "data:video/mp4;base64,AA/A",
        "C:\\x\\y.mp4",
        "x:y/z",
        "h:80/x.mp4",
        "AAAAIGZ0eXBpc29tAAACAGlzb21p/AAA",
        "\\\\h\\x.mp4",
      })
  void anythingElse_isNone(String text) {
    assertThat(RelativeUrl.isPath(text)).isFalse();
  }
}
