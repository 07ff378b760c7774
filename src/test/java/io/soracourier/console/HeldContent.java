package io.soracourier.console;

import io.soracourier.simulator.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A content that comes in small pieces, until it is released. */
final class HeldContent implements Content {
  private static final int PIECE = 64;
  private static final long MILLIS = 50;

  private final Content content;
  private final CountDownLatch released = new CountDownLatch(1);

  HeldContent(Content content) {
    this.content = content;
  }

  /** The rest comes at once. */
  void release() {
    released.countDown();
  }

  @Override
  public long length() {
    return content.length();
  }

  @Override
  public void writeTo(OutputStream out, long from, long length) throws IOException {
    long end = from + length;
    try {
      for (long at = from; at < end; at += PIECE) {
        if (released.await(MILLIS, TimeUnit.MILLISECONDS)) {
          content.writeTo(out, at, end - at);
          return;
        }
        content.writeTo(out, at, Math.min(PIECE, end - at));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
