package io.soracourier.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Asks {@code GET /} every millisecond until anything is answered. */
final class FirstAnswer {
  private static final Duration MAX_TIME = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(1);

  private FirstAnswer() {}

  static void await(URI uri, BooleanSupplier alive) {
    long deadline = System.nanoTime() + MAX_TIME.toNanos();
    while (!isAnswered(uri)) {
      if (!alive.getAsBoolean() || System.nanoTime() > deadline) {
        throw new BenchException("no response to GET " + uri);
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  private static boolean isAnswered(URI uri) {
    String request =
        "GET / HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      socket.setSoTimeout((int) MAX_TIME.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      // A socket may by chance connect to itself, and would then read its own request.
      boolean answered = in.read() == 'H';
      in.readAllBytes();
      return answered;
    } catch (IOException notYet) {
      return false;
    }
  }
}
