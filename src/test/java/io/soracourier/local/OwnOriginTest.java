package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnOriginTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7071,,",
    "localhost:7071,,none",
    "LocalHost:7071,http://localhost:7071,same-origin",
    "[::1]:7071,http://[::1]:7071,same-origin",
    "localhost,http://localhost,same-origin",
    "127.0.0.1:8080,http://127.0.0.1:8080,"
  })
  void ownPageAndPrograms_areServed(String host, String origin, String site) {
    assertThat(refusal(host, origin, site)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:7071",
        "localhost.evil.example:7071",
        "127.0.0.1.evil.example:7071",
        "localhost:7071.evil.example",
        "localhost:7071:1",
        "evil@localhost:7071",
        "127.0.0.2:7071",
        "192.168.0.7:7071",
        "0.0.0.0:7071",
        "localhost.:7071",
        "[::]:7071"
      })
  void nameThatIsNotThisMachines_isRefused(String host) {
    assertThat(refusal(host, null, null).orElseThrow()).contains("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://evil.example",
        "http://localhost:3000",
        "http://127.0.0.1:7071",
        "https://localhost:7071",
        "http://localhost:70711",
        "http://localhost:7071/"
      })
  void pageOfAnotherOrigin_isRefused(String origin) {
    assertThat(refusal("localhost:7071", origin, null).orElseThrow())
        .contains("http://localhost:7071");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "whatever"})
  void requestOfAnotherSite_isRefused(String site) {
    assertThat(refusal("localhost:7071", null, site)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"Host,localhost:7071,evil.example", "Origin,http://localhost:7071,https://evil.test"})
  void twoValues_areRefusedWhenOneIsForeign(String header, String one, String other) {
    Map<String, List<String>> headers = new TreeMap<>(Map.of("Host", List.of("localhost:7071")));
    headers.put(header, List.of(one, other));

    assertThat(OwnOrigin.refusal(request(headers))).isPresent();
  }

  @Test
  void requestWithoutHost_isRefused() {
    assertThat(OwnOrigin.refusal(request(Map.of()))).isPresent();
  }

  private static Optional<String> refusal(String host, String origin, String site) {
    Map<String, List<String>> headers = new TreeMap<>();
    List<String[]> all =
        Arrays.asList(
            new String[] {"Host", host},
            new String[] {"Origin", origin},
            new String[] {"Sec-fetch-site", site});
    all.stream()
        .filter(header -> header[1] != null)
        .forEach(header -> headers.put(header[0], List.of(header[1])));
    return OwnOrigin.refusal(request(headers));
  }

  private static IncomingRequest request(Map<String, List<String>> headers) {
    return new IncomingRequest(
        "GET", URI.create("http://localhost:7071/"), Map.of(), headers, new byte[0]);
  }
}
