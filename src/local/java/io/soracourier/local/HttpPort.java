package io.soracourier.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Where the functions with an HTTP trigger are in the local run. */
final class HttpPort {
  /** That of {@code func start}. */
  static final int USUAL = 7071;

  /** What a browser may take {@code localhost} for: who listens at one of them has the port. */
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

  private static final int CONNECT_MILLIS = 500;

  private HttpPort() {}

  /** The port, or 0, which picks another one, when it is taken. */
  static int ifFree(int port) {
    return LOOPBACK.stream().noneMatch(address -> isServed(address, port)) && canListen(port)
        ? port
        : 0;
  }

  /** Some systems let two listen at the same port, one at all addresses and one at this one. */
  private static boolean isServed(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  private static boolean canListen(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
