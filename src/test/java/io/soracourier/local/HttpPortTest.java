package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPortTest {
  @Test
  void freePort_isTaken() {
    int free = HandlerProcess.freePort();

    assertThat(HttpPort.ifFree(free)).isEqualTo(free);
  }

  /** The other loopback address counts too, and so do all addresses of the machine. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0"})
  void portOfAnother_isLeftToIt(String address) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      assertThat(HttpPort.ifFree(other.getLocalPort())).isZero();
    }
  }
}
