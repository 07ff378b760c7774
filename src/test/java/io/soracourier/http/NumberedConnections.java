package io.soracourier.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that serves each connection by a thread of its own, and tells it which one it is. */
public final class NumberedConnections implements AutoCloseable {
  private static final int WAITING = 100;

  private final ServerSocket listener;
  private final Handler handler;

  /** Serves one connection until it ends. */
  public interface Handler {
    /**
     * @param number from 0
     */
    void serve(Socket connection, int number);
  }

  /**
   * @param port 0 for any
   */
  public NumberedConnections(String address, int port, Handler handler) {
    try {
      this.listener = new ServerSocket(port, WAITING, InetAddress.getByName(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.handler = handler;
    start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    for (int i = 0; !listener.isClosed(); i++) {
      int number = i;
      try {
        Socket connection = listener.accept();
        start(() -> handler.serve(connection, number));
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** The connections that are open stay so. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
