package io.soracourier.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;

/**
 * An HTTP/1.1 server on plain sockets with a thread a connection. It exists because the faults need
 * a hand on every byte and on the way a connection ends, which no server library gives.
 */
final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int STACK_BYTES = 256 * 1024;

  /** What to put on the wire for one request. */
  record Answer(Reply reply, Delivery delivery) {}

  /** Notes a request, then says what to answer. */
  interface Handler {
    Exchange begin(Request request);

    Answer answer(Exchange exchange);
  }

  private final ServerSocket listener;
  private final SSLContext tls;
  private final Handler handler;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread acceptor;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  HttpServer(String address, int port, SSLContext tls, Handler handler) {
    this.tls = tls;
    this.handler = handler;
    try {
      InetAddress host = InetAddress.getByName(address);
      if (!host.isLoopbackAddress()) {
        throw new IllegalArgumentException("Only a loopback address is served, not " + address);
      }
      this.listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The simulator cannot listen on " + address + " port " + port + ": " + e.getMessage(), e);
    }
    this.acceptor = start("simulator-" + port(), this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException closing) {
        // Either the server is being closed, or the client was gone before it was accepted.
      }
    }
  }

  private void serve(Socket socket) {
    Connection connection = new Connection(socket, tls, closed, handler);
    connections.add(connection);
    start(
        "simulator-" + port() + "-" + socket.getPort(),
        () -> {
          try (connection) {
            connection.run();
          } finally {
            connections.remove(connection);
          }
        });
    if (closed.getCount() == 0) {
      connection.close();
    }
  }

  private static Thread start(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Ends everything at once, responses in progress included. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException closedAnyway) {
      // There is nothing left to do for it.
    }
    connections.forEach(Connection::close);
    try {
      // While it waits in accept, the kernel still lets clients connect.
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
