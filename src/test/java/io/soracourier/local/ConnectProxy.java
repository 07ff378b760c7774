package io.soracourier.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy that makes tunnels, as they stand in company networks: it alone knows where names
 * are, and it wants to know who asks.
 */
public final class ConnectProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final Map<String, Integer> ports;
  private final String authorization;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

  /**
   * @param credentials {@code user:password}
   * @param ports of this machine, by the name and port that stand for them: {@code
   *     videos.example:443}
   */
  public ConnectProxy(String credentials, Map<String, Integer> ports) {
    this.ports = ports;
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The first line of each request, and the status that it got. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        start(() -> serve(client));
      } catch (IOException closing) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      List<String> head = head(client);
      String target = head.get(0).replaceAll("^CONNECT | HTTP/1.1$", "");
      int status = status(head, target);
      requests.add(head.get(0) + " " + status);
      client
          .getOutputStream()
          .write("HTTP/1.1 %d x\r\n\r\n".formatted(status).getBytes(StandardCharsets.US_ASCII));
      if (status == 200) {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), ports.get(target))) {
          open.add(server);
          Thread back = start(() -> copy(server, client));
          copy(client, server);
          back.join();
        }
      }
    } catch (IOException gone) {
      // either side has had enough
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int status(List<String> head, String target) {
    if (head.stream()
        .noneMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: " + authorization))) {
      return 407;
    }
    return ports.containsKey(target) ? 200 : 502;
  }

  /** Not a byte more than the head: what follows is the tunnel's. */
  private static List<String> head(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no whole request came");
      }
      head.append((char) next);
    }
    return new ArrayList<>(head.toString().lines().toList());
  }

  private static void copy(Socket from, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      from.getInputStream().transferTo(out);
      to.shutdownOutput();
    } catch (IOException gone) {
      // either side has had enough
    }
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task, "connect-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() {
    open.add(listener);
    for (Closeable each : open) {
      try {
        each.close();
      } catch (IOException closedAnyway) {
        // There is nothing left to do for it.
      }
    }
  }
}
