package io.soracourier.simulator;

import io.soracourier.simulator.Delivery.Framing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A body on its way: counted, in pieces, with a chunk around each where chunks are asked for. */
final class BodyStream extends OutputStream {
  private static final int MAX_PIECE = 256 * 1024;

  private final Connection connection;
  private final Exchange exchange;
  private final Delivery delivery;
  private long left;

  BodyStream(Connection connection, Exchange exchange, Delivery delivery, long bytes) {
    this.left = bytes;
    this.connection = connection;
    this.exchange = exchange;
    this.delivery = delivery;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int size = delivery.pieceSize() > 0 ? delivery.pieceSize() : MAX_PIECE;
    for (int done = 0; done < length; done += size) {
      piece(bytes, offset + done, Math.min(size, length - done));
    }
  }

  private void piece(byte[] bytes, int offset, int length) throws IOException {
    OutputStream out = connection.out();
    exchange.sending(length);
    left -= length;
    if (left == 0 && !delivery.isCut()) {
      exchange.ending();
    }
    if (delivery.framing() == Framing.CHUNKED) {
      out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    out.write(bytes, offset, length);
    if (delivery.framing() == Framing.CHUNKED) {
      out.write('\r');
      out.write('\n');
    }
    if (!delivery.betweenPieces().isZero()) {
      out.flush();
      connection.pause(delivery.betweenPieces());
    }
  }
}
