package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.simulator.ServerProfile;
import java.time.Duration;
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
  void devModeAskedFor_isOnlyThenTheHandler() {
    assertThat(LocalOptions.of(Map.of(), Map.of("local.dev", "true")).dev()).isTrue();
    assertThat(LocalOptions.of(Map.of(), Map.of("local.dev", "false")).dev()).isFalse();
    assertThat(LocalOptions.of(Map.of(), Map.of("local.dev", "")).dev()).isFalse();
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

    assertThat(options.passedOn())
        .isEqualTo(Map.of("https_proxy", "http://p:1", "NO_PROXY", "a.b"));
  }

  @Test
  void settingsOfTheShell_areTheCouriersWithARealService() {
    LocalOptions options =
        LocalOptions.of(
            Map.of(
                "AZURE_OPENAI_ENDPOINT", "http://10.0.0.7/v1",
                "AZURE_OPENAI_API_KEY", "none",
                "COURIER_SORA_KEY_HEADER", "x-api-key",
                "COURIER_SORA_ALLOW_HTTP", "true",
                "COURIER_LOOK_FIRST_DELAY", "3s",
                "VIDEO_CONTAINER", "other",
                "XCOURIER_SORA_API", "videos",
                "COURIER_KEY", "a key for curl"),
            Map.of());

    assertThat(options.passedOn())
        .isEqualTo(
            Map.of(
                "COURIER_SORA_KEY_HEADER", "x-api-key",
                "COURIER_SORA_ALLOW_HTTP", "true",
                "COURIER_LOOK_FIRST_DELAY", "3s"));
    LocalStack.Builder stack = options.apply(LocalStack.builder());
    assertThat(stack.setting("COURIER_SORA_KEY_HEADER")).isEqualTo("x-api-key");
    assertThat(stack.setting("COURIER_LOOK_FIRST_DELAY")).isEqualTo("3s");
    assertThat(stack.setting("COURIER_LOOK_MAX_DELAY")).isNull();
  }

  @Test
  void settingsOfTheShell_areNotTheSimulators() {
    LocalOptions options = LocalOptions.of(Map.of("COURIER_SORA_API", "sora-1"), Map.of());

    assertThat(options.apply(LocalStack.builder()).setting("COURIER_SORA_API")).isNull();
  }

  @Test
  void httpPort_isTheUsualOneUnlessGiven() {
    assertThat(LocalOptions.of(Map.of(), Map.of("local.httpPort", "")).httpPort()).isEmpty();
    assertThat(LocalOptions.of(Map.of(), Map.of("local.httpPort", "0")).httpPort()).contains(0);
    assertThat(LocalOptions.of(Map.of(), Map.of("local.httpPort", "80")).httpPort()).contains(80);
  }

  @Test
  void endpointWithoutKey_isRefused() {
    assertThatThrownBy(
            () -> LocalOptions.of(Map.of("AZURE_OPENAI_ENDPOINT", "https://a.b"), Map.of()))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("AZURE_OPENAI_API_KEY");
  }

  @Test
  void namedServer_isWhatTheSimulatorPlays() {
    LocalOptions options =
        LocalOptions.of(
            Map.of(), Map.of("courier.local.server", "litellm", "local.simulatorPort", "4000"));

    assertThat(options.isSimulated()).isTrue();
    assertThat(options.simulator(Duration.ofSeconds(1)).server())
        .isEqualTo(ServerProfile.named("litellm"));
    assertThat(options.simulator(Duration.ofSeconds(1)).port()).isEqualTo(4000);
  }

  @Test
  void serverWithoutAName_isAzures() {
    LocalOptions options = LocalOptions.of(Map.of(), Map.of("courier.local.server", ""));

    assertThat(options.simulator(Duration.ofSeconds(1)).server()).isNull();
  }

  @Test
  void unknownServer_isRefusedWithTheListOfNames() {
    assertThatThrownBy(() -> LocalOptions.of(Map.of(), Map.of("courier.local.server", "sora")))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("-Dcourier.local.server")
        .hasMessageContaining("'sora'")
        .hasMessageContaining(
            "vllm-omni, sglang, sglang-s3, fastvideo, tensorrt-llm, qvac, litellm");
  }

  @Test
  void realServiceAndASimulatedServer_areRefused() {
    assertThatThrownBy(
            () ->
                LocalOptions.of(
                    Map.of("AZURE_OPENAI_ENDPOINT", "https://a.b", "AZURE_OPENAI_API_KEY", "k"),
                    Map.of("courier.local.server", "litellm")))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("AZURE_OPENAI_ENDPOINT")
        .hasMessageContaining("-Dcourier.local.server");
  }

  @Test
  void malformedPort_isRefused() {
    assertThatThrownBy(() -> LocalOptions.of(Map.of(), Map.of("local.blobPort", "70000")))
        .hasMessage("-Dlocal.blobPort=70000 is not a port");
  }
}
