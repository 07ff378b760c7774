package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.setting.InvalidSettingException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoraSettingChecksTest {
  private static final URI IDENTITY = URI.create("http://127.0.0.1:41741/msi/token");
  private static final Optional<String> KEY = Optional.of("a-made-up-key");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://r.openai.azure.com",
        "http://10.0.0.4/v1",
        "http://[fd00::4]:4000",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com"
      })
  void httpOffTheMachine_needsTheSettingThatIsNamed(String pasted) {
    assertThatThrownBy(() -> endpoint(pasted, false))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("AZURE_OPENAI_ENDPOINT ")
        .hasMessageContainingAll("in the clear", "courier.sora.allow-http");
    assertThat(endpoint(pasted, true)).isEqualTo(Endpoint.parse(pasted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"})
  void httpOnThisMachine_needsNoSetting(String pasted) {
    assertThat(endpoint(pasted, false)).isEqualTo(Endpoint.parse(pasted));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254",
        "http://169.254.169.254/metadata",
        "https://168.63.129.16/v1",
        "https://[fe80::1]/v1",
        "https://[fe80::1%eth0]/v1",
        "https://[fe80::1%25eth0]/v1",
        "https://[::ffff:169.254.169.254]/v1",
        "https://[64:ff9b::a9fe:a9fe]/v1",
        "https://224.0.0.1",
        "https://255.255.255.255",
        "http://0.0.0.0:8000/v1",
        "http://[::]:8000/v1",
        "http://127.0.0.1:41741",
        "http://localhost:41741/v1",
        "https://[::1]:41741/v1"
      })
  void addressThatIsNoServers_stopsTheStartWhateverIsSet(String pasted) {
    for (boolean allowHttp : new boolean[] {false, true}) {
      assertThatThrownBy(() -> endpoint(pasted, allowHttp))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageStartingWith("AZURE_OPENAI_ENDPOINT ")
          .hasMessageContainingAll("nothing is requested from", "https://{host}/v1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://10.0.0.4/v1",
        "https://[fd00::4]/v1",
        "https://127.0.0.1:8443",
        "https://videos.internal/v1"
      })
  void privateAddressOverHttps_isFine(String pasted) {
    assertThat(endpoint(pasted, false)).isEqualTo(Endpoint.parse(pasted));
  }

  @Test
  void tokenOverHttpToAnotherMachine_stopsTheStartAlsoWithAScope() {
    Endpoint plain = Endpoint.parse("http://videos.internal:4000/v1");

    for (Optional<String> scope : List.of(Optional.<String>empty(), Optional.of("s"))) {
      assertThatThrownBy(() -> SoraSettingChecks.checkTokenGoes(plain, Optional.empty(), scope))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageStartingWith("AZURE_OPENAI_API_KEY ")
          .hasMessageContainingAll(
              "AZURE_OPENAI_ENDPOINT", "http URL", "never sent", "none if the server wants no key");
    }
    SoraSettingChecks.checkTokenGoes(plain, KEY, Optional.empty());
    SoraSettingChecks.checkTokenGoes(
        Endpoint.parse("http://localhost:4000"), Optional.empty(), Optional.empty());
  }

  private static Endpoint endpoint(String pasted, boolean allowHttp) {
    return SoraSettingChecks.endpoint(Optional.of(pasted), allowHttp, Optional.of(IDENTITY));
  }
}
