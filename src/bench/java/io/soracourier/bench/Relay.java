package io.soracourier.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes connections on, from one port of this machine to another. */
final class Relay implements AutoCloseable {
  private static final int BACKLOG = 1024;

  /** How one direction of a connection is passed on, until its end. */
  interface Passing {
    void pass(InputStream from, OutputStream to, long acceptedNanos, boolean fromClient)
        throws IOException;
  }

  private final ServerSocket listener;
  private final int target;
  private final Passing passing;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /**
   * @param listener where it accepts connections; closed with this
   */
  Relay(ServerSocket listener, int target, Passing passing) {
    this.listener = listener;
    this.target = target;
    this.passing = passing;
    start("relay", this::accept);
  }

  /** To a port that is that far away. */
  static Relay over(Distance distance, int target) {
    Line up = new Line(distance.bytesPerSecond());
    Line down = new Line(distance.bytesPerSecond());
    try {
      return new Relay(
          new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()),
          target,
          (from, to, accepted, fromClient) ->
              new DelayedBytes(distance, fromClient ? up : down, accepted, fromClient)
                  .pass(from, to));
    } catch (IOException e) {
      throw new BenchException("cannot listen", e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        long accepted = System.nanoTime();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        start("relay-up", () -> pass(client, server, accepted, true));
        start("relay-down", () -> pass(server, client, accepted, false));
      } catch (IOException closed) {
        // The next one, or the end.
      }
    }
  }

  private void pass(Socket from, Socket to, long accepted, boolean fromClient) {
    try {
      passing.pass(from.getInputStream(), to.getOutputStream(), accepted, fromClient);
      to.shutdownOutput();
      if (from.isOutputShutdown() || to.isInputShutdown()) {
        end(from, to);
      }
    } catch (IOException broken) {
      end(from, to);
    }
  }

  private void end(Socket... both) {
    for (Socket socket : both) {
      sockets.remove(socket);
      try {
        socket.close();
      } catch (IOException closedAnyway) {
        // Nothing is left to do.
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new BenchException("cannot close a relay", e);
    }
    sockets.forEach(this::end);
  }
}
