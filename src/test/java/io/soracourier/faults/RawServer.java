package io.soracourier.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server whose responses are bytes, which need not be HTTP; one for each connection. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Function<String, byte[]> responses;

  /**
   * @param responses what is sent, by the target of the request
   */
  RawServer(Function<String, byte[]> responses) {
    this.responses = responses;
    try {
      listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** A response that is HTTP. */
  static byte[] response(String statusAndHeaders, byte[] body) {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    String head =
        "HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(statusAndHeaders, body.length);
    response.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    response.writeBytes(body);
    return response.toByteArray();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        threads.execute(() -> respond(connection));
      } catch (IOException closed) {
        // The end of the test.
      }
    }
  }

  private void respond(Socket connection) {
    try (connection) {
      StringBuilder head = new StringBuilder();
      InputStream in = connection.getInputStream();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      connection.getOutputStream().write(responses.apply(head.toString().split(" ")[1]));
      connection.shutdownOutput();
      in.readAllBytes();
    } catch (IOException gone) {
      // The client has closed the connection.
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
