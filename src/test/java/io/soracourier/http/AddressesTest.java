package io.soracourier.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @Test
  void localhost_isBothLoopbackAddresses() throws UnknownHostException {
    assertThat(Addresses.of("localhost"))
        .doesNotHaveDuplicates()
        .contains(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1"));
  }

  @Test
  void literalAddress_isItself() throws UnknownHostException {
    assertThat(Addresses.of("[::1]")).containsExactly(InetAddress.getByName("::1"));
    assertThat(Addresses.of("192.0.2.7")).containsExactly(InetAddress.getByName("192.0.2.7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1", "[::1]"})
  void thisMachine_isKnownByWhatIsWritten(String host) {
    assertThat(Addresses.isLoopback(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.localhost",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "10.0.0.1",
        "[::2]"
      })
  void anotherHost_isNotThisMachine(String host) {
    assertThat(Addresses.isLoopback(host)).isFalse();
  }

  @Test
  void nameThatDoesNotExist_isUnknown() {
    assertThatThrownBy(() -> Addresses.of("videos.invalid"))
        .isInstanceOf(UnknownHostException.class);
  }
}
