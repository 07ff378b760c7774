package io.soracourier.simulator;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One client's connection: requests in turn until either side ends it. */
final class Connection implements Runnable, AutoCloseable {
  /** What was sent before a reset is read meanwhile; a reset discards what is still in progress. */
  private static final Duration BEFORE_RESET = Duration.ofMillis(50);

  private static final int LINGER_MILLIS = 1000;

  private final Socket raw;
  private final CountDownLatch serverClosed;
  private final HttpServer.Handler handler;
  private final SSLContext tls;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  Connection(Socket raw, SSLContext tls, CountDownLatch serverClosed, HttpServer.Handler handler) {
    this.raw = raw;
    this.tls = tls;
    this.serverClosed = serverClosed;
    this.handler = handler;
  }

  @Override
  public void run() {
    try (this) {
      open();
      RequestReader reader = new RequestReader(in, out);
      Optional<Request> request = reader.read();
      while (request.isPresent() && serve(request.get(), reader.keepAlive())) {
        request = reader.read();
      }
      if (request.isPresent()) {
        closeInOrder();
      }
    } catch (IOException | RuntimeException gone) {
      // The client went away, spoke no HTTP, or the server is being closed; its record says which.
    }
  }

  private void open() throws IOException {
    raw.setTcpNoDelay(true);
    socket = tls == null ? raw : secured();
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream());
  }

  private Socket secured() throws IOException {
    SSLSocket secure =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
    secure.setUseClientMode(false);
    return secure;
  }

  private boolean serve(Request request, boolean keepAlive) throws IOException {
    Exchange exchange = handler.begin(request);
    boolean whole = false;
    try {
      boolean reusable = new AnswerWriter(this, exchange, handler.answer(exchange)).send(keepAlive);
      whole = true;
      return reusable;
    } finally {
      exchange.end(!whole);
    }
  }

  OutputStream out() {
    return out;
  }

  /** Lets time pass, unless the server is closed meanwhile. */
  void pause(Duration time) throws IOException {
    if (time.isZero()) {
      return;
    }
    try {
      if (serverClosed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("The server was closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  void reset() throws IOException {
    pause(BEFORE_RESET);
    raw.setSoLinger(true, 0);
    raw.close();
  }

  void awaitClose() throws IOException {
    byte[] ignored = new byte[1024];
    while (in.read(ignored) >= 0) {
      // Whatever the client still sends is of no interest.
    }
  }

  /** Closing with bytes unread would reset the connection and could lose the answer's end. */
  private void closeInOrder() throws IOException {
    if (raw.isClosed()) {
      return;
    }
    out.flush();
    socket.shutdownOutput();
    socket.setSoTimeout(LINGER_MILLIS);
    awaitClose();
  }

  @Override
  public void close() {
    try {
      raw.close();
    } catch (IOException closedAnyway) {
      // There is nothing left to do for it.
    }
  }
}
