package io.soracourier.local;

import io.soracourier.simulator.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** A content that is written no faster than is allowed at the moment. */
record PacedContent(Content whole, LongSupplier bytesPerSecond) implements Content {
  private static final int PIECE = 16 * 1024;

  @Override
  public long length() {
    return whole.length();
  }

  @Override
  public void writeTo(OutputStream out, long from, long length) throws IOException {
    for (long done = 0; done < length; done += PIECE) {
      long piece = Math.min(PIECE, length - done);
      whole.writeTo(out, from + done, piece);
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(piece) / bytesPerSecond.getAsLong());
    }
  }
}
