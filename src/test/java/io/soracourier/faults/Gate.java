package io.soracourier.faults;

import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** Holds responses of the simulated service until it is opened, so that much is in flight. */
final class Gate {
  private final CountDownLatch opened = new CountDownLatch(1);

  void open() {
    opened.countDown();
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
      opened.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the simulator ends", e);
    }
  }
}
