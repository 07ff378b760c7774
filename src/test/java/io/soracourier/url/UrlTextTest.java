package io.soracourier.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://h/a?sv=1&sig=a%2Bb%3D|https://h/a?sv=1&sig=a%2Bb%3D",
        "/file/a video {1}.mp4|/file/a%20video%20%7B1%7D.mp4",
        "https://h/a b?x=c d|https://h/a%20b?x=c%20d",
        "https://h/a%20b|https://h/a%20b",
        "https://h/100%|https://h/100%25",
        "https://h/a%zz|https://h/a%25zz",
        "https://h/a|https://h/a",
        "https://h/a^b`c\"d<e>f\\g|https://h/a%5Eb%60c%22d%3Ce%3Ef%5Cg",
        "https://h/a[1].mp4?b[]=2|https://h/a%5B1%5D.mp4?b%5B%5D=2",
        "https://h/\u5F71.mp4|https://h/%E5%BD%B1.mp4",
        "https://h/gr\u00F6\u00DFe.mp4|https://h/gr%C3%B6%C3%9Fe.mp4",
        "https://h/gr\u00C3\u00B6\u00C3\u009Fe.mp4|https://h/gr%C3%B6%C3%9Fe.mp4",
        "https://h/a#b#c|https://h/a#b%23c",
        "https://[fd00::1]:8443/a b|https://[fd00::1]:8443/a%20b",
        "//h/a b|//h/a%20b",
        "video.mp4?x={y}|video.mp4?x=%7By%7D",
      })
  void urlAsServersWriteIt_isEscapedAsBrowsersDo(String written, String escaped) {
    assertThat(UrlText.escaped(" " + written + "\r\n")).isEqualTo(escaped);
    assertThat(URI.create(escaped)).isNotNull();
  }
}
