package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalOptionsTest {
  @Test
  void nothingSet_isTheSimulatorOnFreePorts() {
    LocalOptions options = LocalOptions.of(Map.of(), Map.of("local.job", ""));

    assertThat(options.isSimulated()).isTrue();
    assertThat(options.blobPort()).isZero();
    assertThat(options.job()).isEmpty();
  }

  @Test
  void endpointAndKey_areARealService() {
    LocalOptions options =
        LocalOptions.of(
            Map.of("AZURE_OPENAI_ENDPOINT", "https://a.b", "AZURE_OPENAI_API_KEY", "k"), Map.of());

    assertThat(options.isSimulated()).isFalse();
  }

  @Test
  void proxyOfTheShell_isTheCouriersToo() {
    LocalOptions options =
        LocalOptions.of(
            Map.of("https_proxy", "http://p:1", "NO_PROXY", "a.b", "HTTP_PROXY", "x", "PATH", "y"),
            Map.of());

    assertThat(options.proxies()).isEqualTo(Map.of("https_proxy", "http://p:1", "NO_PROXY", "a.b"));
  }

  @Test
  void endpointWithoutKey_isRefused() {
    assertThatThrownBy(
            () -> LocalOptions.of(Map.of("AZURE_OPENAI_ENDPOINT", "https://a.b"), Map.of()))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("AZURE_OPENAI_API_KEY");
  }

  @Test
  void malformedPort_isRefused() {
    assertThatThrownBy(() -> LocalOptions.of(Map.of(), Map.of("local.blobPort", "70000")))
        .hasMessage("-Dlocal.blobPort=70000 is not a port");
  }
}
