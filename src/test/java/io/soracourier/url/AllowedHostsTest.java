package io.soracourier.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.setting.InvalidSettingException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedHostsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "cdn.example.com|cdn.example.com|true",
        " cdn.example.com |cdn.example.com|true",
        "CDN.Example.COM|cdn.example.com|true",
        "cdn.example.com|CDN.EXAMPLE.COM|true",
        "cdn.example.com.|cdn.example.com|true",
        "cdn.example.com|cdn.example.com.|false",
        "cdn.example.com|a.cdn.example.com|false",
        "cdn.example.com|evilcdn.example.com|false",
        "*.example.com|a.b.example.com|true",
        " *.example.com\t|a.example.com|true",
        "*.example.com|example.com|false",
        "*.example.com|evilexample.com|false",
        "127.0.0.2|127.0.0.2|true",
        "[fd00::1]|[fd00::1]|true",
        "my_bucket.example.com|my_bucket.example.com|true",
        "b\u00fccher.example|xn--bcher-kva.example|true",
        "*.b\u00fccher.example|cdn.xn--bcher-kva.example|true",
      })
  void entry_matchesItsHosts(String entry, String host, boolean allowed) {
    assertThat(AllowedHosts.of(List.of("other.example", entry, "")).contains(host))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*|all hosts cannot be allowed",
        "*.|all hosts cannot be allowed",
        "http://cdn.example.com|it is a URL",
        "https://*.example.com/|it is a URL",
        "cdn.example.com/videos|it is a URL",
        "cdn.example.com:8443|it has a port",
        "[::1]:443|it has a port",
        "a.example.com;b.example.com|it is more than one host",
        "a.example.com b.example.com|it is more than one host",
        "cdn.*.com|a * is allowed only",
        "*cdn.example.com|a * is allowed only",
        ".example.com|put * before the dot, *.example.com",
        "cdn..example.com|it is no host's name",
        "-cdn.example.com|it is no host's name",
        "cdn!.example.com|it is no host's name",
        "'\"cdn.example.com\"'|it is no host's name",
      })
  void entryThatCanNeverMatch_isRefusedWithItsReason(String entry, String why) {
    assertThatThrownBy(() -> AllowedHosts.of(List.of("other.example", entry)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("courier.content.allowed-hosts has the entry '")
        .hasMessageContaining("can never match: " + why);
  }
}
