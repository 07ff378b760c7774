package io.soracourier.simulator;

import io.soracourier.simulator.Delivery.Framing;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Puts one reply on the wire the way its {@link Delivery} says. */
final class AnswerWriter {
  private static final int BYTES_OF_THE_CUT_CHUNK = 11;
  private static final String NO_CHUNK_SIZE = "not-a-size\r\n";

  private final Connection connection;
  private final Exchange exchange;
  private final Reply reply;
  private final Delivery delivery;

  AnswerWriter(Connection connection, Exchange exchange, HttpServer.Answer answer) {
    this.connection = connection;
    this.exchange = exchange;
    this.reply = answer.reply();
    this.delivery = answer.delivery().of(reply.body().length());
  }

  /** Whether the connection can serve another request after this answer. */
  boolean send(boolean keepAlive) throws IOException {
    connection.pause(delivery.beforeHead());
    if (delivery.stopAfter() == Delivery.BEFORE_HEAD) {
      end();
      return false;
    }
    long length = reply.body().length();
    boolean cut = delivery.stopAfter() <= length && hasBody();
    boolean wholeAsDeclared = delivery.declaredLength().orElse(length) == length;
    boolean reusable =
        keepAlive && !cut && (!hasBody() || wholeAsDeclared && !is(Framing.UNTIL_CLOSE));
    // A cut or a false length is not announced.
    exchange.answered(reply.status());
    if (!hasBody() || length == 0) {
      exchange.ending();
    }
    connection.out().write(delivery.before().getBytes(StandardCharsets.ISO_8859_1));
    head(keepAlive && !is(Framing.UNTIL_CLOSE));
    if (hasBody()) {
      body(cut ? delivery.stopAfter() : length);
    }
    connection.out().write(delivery.after().getBytes(StandardCharsets.ISO_8859_1));
    if (cut) {
      end();
    } else {
      connection.out().flush();
    }
    return reusable;
  }

  private boolean is(Framing framing) {
    return delivery.framing() == framing;
  }

  private boolean hasBody() {
    return !exchange.request().method().equals("HEAD")
        && reply.status() != 204
        && reply.status() != 304;
  }

  private void head(boolean keepAlive) throws IOException {
    byte[] head = headText(keepAlive).getBytes(StandardCharsets.ISO_8859_1);
    if (delivery.betweenHeadBytes().isZero()) {
      connection.out().write(head);
      return;
    }
    for (byte b : head) {
      connection.out().write(b);
      connection.out().flush();
      connection.pause(delivery.betweenHeadBytes());
    }
  }

  private String headText(boolean keepAlive) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(reply.status());
    head.append(' ').append(Reason.of(reply.status())).append("\r\n");
    Headers headers = keepAlive ? reply.headers() : reply.headers().with("Connection", "close");
    for (Headers.Field field : framed(headers).fields()) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  private Headers framed(Headers headers) {
    if (reply.status() == 204 || headers.has("Content-Length")) {
      return headers;
    }
    long length = delivery.declaredLength().orElse(reply.body().length());
    return switch (delivery.framing()) {
      case LENGTH -> headers.with("Content-Length", String.valueOf(length));
      case CHUNKED -> headers.with("Transfer-Encoding", "chunked");
      case UNTIL_CLOSE -> headers;
    };
  }

  private void body(long bytes) throws IOException {
    BodyStream body = new BodyStream(connection, exchange, delivery, bytes);
    reply.body().writeTo(body, 0, bytes);
    if (is(Framing.CHUNKED) && !(delivery.stopAfter() <= reply.body().length())) {
      connection.out().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void end() throws IOException {
    OutputStream out = connection.out();
    if (delivery.ending() != Delivery.Ending.STALL) {
      exchange.ending();
    }
    switch (delivery.ending()) {
      case CLOSE -> out.flush();
      case RESET -> {
        out.flush();
        connection.reset();
      }
      case STALL -> {
        out.flush();
        connection.awaitClose();
        throw new EOFException("The client closed the stalled connection");
      }
      case MID_CHUNK -> partOfAChunk(out);
      case BAD_CHUNK -> out.write(NO_CHUNK_SIZE.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** The body's own bytes go on: a client that resumes after them is in the right. */
  private void partOfAChunk(OutputStream out) throws IOException {
    long left = reply.body().length() - delivery.stopAfter();
    out.write("1000\r\n".getBytes(StandardCharsets.US_ASCII));
    reply.body().writeTo(out, delivery.stopAfter(), Math.min(left, BYTES_OF_THE_CUT_CHUNK));
  }
}
