package io.soracourier.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.soracourier.setting.InvalidSettingException;
import io.vertx.core.net.ProxyOptions;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final URI SERVICE = URI.create("https://videos.example.com/v1/videos/1");

  @Test
  void nothingSet_isWithoutAProxy() {
    assertThat(of(Map.of()).forUri(SERVICE)).isEmpty();
    assertThat(of(Map.of("HTTPS_PROXY", " ")).forUri(SERVICE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
  void nameInEitherCase_isRead(String name) {
    assertThat(of(Map.of(name, "http://proxy:3128")).forUri(SERVICE)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://proxy:3128", "HTTP://proxy:3128/", "proxy:3128", " http://proxy:3128\n"})
  void proxy_isReadAsPeopleWriteIt(String value) {
    ProxyOptions options = of(Map.of("HTTPS_PROXY", value)).forUri(SERVICE).orElseThrow();

    assertThat(options.getHost()).isEqualTo("proxy");
    assertThat(options.getPort()).isEqualTo(3128);
    assertThat(options.getUsername()).isNull();
  }

  @Test
  void userAndPassword_areDecoded() {
    ProxyOptions options =
        of(Map.of("HTTPS_PROXY", "http://d%40main:p%3Aa+ss%2F@proxy:3128"))
            .forUri(SERVICE)
            .orElseThrow();

    assertThat(options.getUsername()).isEqualTo("d@main");
    assertThat(options.getPassword()).isEqualTo("p:a+ss/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:secret-word@proxy:3128",
        "socks5://user:secret-word@proxy:1080",
        "http://user:secret-word@proxy",
        "http://user:secret-word@:3128",
        "http://user:secret-word@proxy:99999",
        "http://user:secret-word@pro xy:3128"
      })
  void otherProxy_isRefusedWithoutItsPassword(String value) {
    assertThatThrownBy(() -> of(Map.of("HTTPS_PROXY", value)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("HTTPS_PROXY ")
        .hasMessageContaining("put http://host:port there")
        .hasMessageNotContaining("secret-word");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost/",
        "https://127.0.0.1:8443/",
        "https://127.1.2.3/",
        "https://[::1]/",
        "http://169.254.129.1/token",
        "http://azurite:10000/devstoreaccount1"
      })
  void thisMachineAndPlainHttp_goThroughNone(String uri) {
    assertThat(of(Map.of("HTTPS_PROXY", "proxy:3128")).forUri(URI.create(uri))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.com | https://example.com/ | true",
        "EXAMPLE.com | https://example.COM/ | true",
        "example.com | https://videos.example.com/ | true",
        ".example.com | https://videos.example.com/ | true",
        "*.example.com | https://videos.example.com/ | true",
        "example.com | https://videos.example.com./ | true",
        "example.com | https://notexample.com/ | false",
        "example.com | https://example.com.evil.test/ | false",
        "a.test, example.com | https://example.com/ | true",
        "a.test example.com | https://example.com/ | true",
        "example.com:8443 | https://example.com:8443/ | true",
        "example.com:8443 | https://example.com/ | false",
        "example.com:443 | https://example.com/ | true",
        "* | https://example.com/ | true",
        "10.1.2.3 | https://10.1.2.3/ | true",
        "10.1.2.3 | https://10.1.2.4/ | false",
        "10.1.2.3:8443 | https://10.1.2.3:8443/ | true",
        "10.0.0.0/8 | https://10.1.2.3/ | true",
        "10.0.0.0/8 | https://11.1.2.3/ | false",
        "10.0.0.0/8 | https://ten.example.com/ | false",
        "fd00::1 | https://[fd00::1]/ | true",
        "[fd00::1] | https://[fd00:0::1]/ | true",
        "[fd00::1]:8443 | https://[fd00::1]:8443/ | true",
        "fd00::/8 | https://[fd12::1]/ | true",
        "fd00::/8 | https://[fe00::1]/ | false",
        ", ,, | https://example.com/ | false",
      })
  void hostOfNoProxy_isReachedWithoutIt(String exceptions, URI uri, boolean exempt) {
    Proxies proxies = of(Map.of("HTTPS_PROXY", "proxy:3128", "no_proxy", exceptions));

    assertThat(proxies.forUri(uri).isEmpty()).isEqualTo(exempt);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "example.com/path", "https://example.com", "10.0.0.0/x"})
  void networkThatCannotBe_isRefused(String entry) {
    assertThatThrownBy(() -> of(Map.of("NO_PROXY", "example.com," + entry)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("NO_PROXY has an entry with a slash");
  }

  private static Proxies of(Map<String, String> environment) {
    return Proxies.from(
        new SmallRyeConfigBuilder().withSources(new EnvConfigSource(environment, 300)).build());
  }
}
