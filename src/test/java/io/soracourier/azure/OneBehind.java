package io.soracourier.azure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.soracourier.http.NumberedConnections;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Storage with a server in between that is one response behind on its first connection: each
 * request gets the success of the one before. All others are right.
 */
public final class OneBehind implements AutoCloseable {
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final NumberedConnections connections =
      new NumberedConnections("127.0.0.1", 0, this::serve);

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + connections.port() + "/account");
  }

  /** Each by the number of its connection, from 0, and its method. */
  public List<String> requests() {
    return requests;
  }

  private void serve(Socket connection, int number) {
    String before = "another";
    try (connection) {
      for (String head = head(connection); !head.isEmpty(); head = head(connection)) {
        connection.getInputStream().readNBytes(Integer.parseInt(header(head, "Content-Length")));
        requests.add(number + " " + head.substring(0, head.indexOf(' ')));
        String id = header(head, "x-ms-client-request-id");
        connection.getOutputStream().write(success(number == 0 ? before : id));
        before = id;
      }
    } catch (IOException | UncheckedIOException gone) {
      // The client has had enough.
    }
  }

  private static byte[] success(String id) {
    return ("HTTP/1.1 201 Created\r\nx-ms-request-id: r1\r\nx-ms-client-request-id: "
            + id
            + "\r\nLast-Modified: Fri, 27 Nov 2026 10:00:00 GMT\r\nContent-Length: 4\r\n\r\n<a/>")
        .getBytes(ISO_8859_1);
  }

  /** Up to the empty line; empty at the end of the connection. */
  private static String head(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static String header(String head, String name) {
    return head.replaceFirst("(?is).*\r\n" + name + ": ([^\r]+)\r\n.*", "$1");
  }

  @Override
  public void close() {
    connections.close();
  }
}
