package io.soracourier.faults;

import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/** Holds responses of the simulated service until it is opened, so that much is in flight. */
final class Gate {
  private static final int ALL = 1_000_000;

  /** In the order in which they came. */
  private final Semaphore passes = new Semaphore(0, true);

  void open() {
    passes.release(ALL);
  }

  /** So many of those that are held, and no others. */
  void letThrough(int count) {
    passes.release(count);
  }

  /** So many responses do not begin before. */
  void hold(Script script, int times, UnaryOperator<Reply> change) {
    script.answer(
        times,
        Fault.changing(
            reply -> {
              await();
              return change.apply(reply);
            }));
  }

  /** A video that stops after so many bytes. */
  Content before(Content video, long bytes) {
    return new Content() {
      @Override
      public long length() {
        return video.length();
      }

      @Override
      public void writeTo(OutputStream out, long from, long length) throws IOException {
        long first = Math.max(0, Math.min(length, bytes - from));
        video.writeTo(out, from, first);
        out.flush();
        await();
        video.writeTo(out, from + first, length - first);
      }
    };
  }

  private void await() {
    try {
      passes.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the simulator ends", e);
    }
  }
}
