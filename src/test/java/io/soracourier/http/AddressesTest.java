package io.soracourier.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

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

  @Test
  void nameThatDoesNotExist_isUnknown() {
    assertThatThrownBy(() -> Addresses.of("videos.invalid"))
        .isInstanceOf(UnknownHostException.class);
  }
}
