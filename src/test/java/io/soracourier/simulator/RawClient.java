package io.soracourier.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A bare socket, to see byte for byte what the simulator sends and how it ends. */
final class RawClient implements AutoCloseable {
  private final SoraSimulator simulator;
  private final Socket socket;

  RawClient(SoraSimulator simulator) throws IOException {
    this.simulator = simulator;
    this.socket = new Socket("127.0.0.1", simulator.port());
  }

  RawClient get(String path) throws IOException {
    OutputStream out = socket.getOutputStream();
    String head =
        "GET " + path + " HTTP/1.1\r\nHost: x\r\napi-key: " + simulator.apiKey() + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  InputStream in() throws IOException {
    return socket.getInputStream();
  }

  /** The head of the answer, up to and with the empty line. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int b = in().read();
      if (b < 0) {
        return head.toString();
      }
      head.append((char) b);
    }
    return head.toString();
  }

  /** Everything until the server ends the connection. */
  byte[] rest() throws IOException {
    return in().readAllBytes();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
