package io.soracourier.courier;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what other threads do for a copy. */
final class Results {
  private Results() {}

  /**
   * @param doing in words, for an exception's message
   * @throws RuntimeException what the other thread threw; an {@link IllegalStateException} when
   *     this one was interrupted, or the process ends
   */
  static <T> T of(Future<T> future, String doing) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(doing + " failed", e.getCause());
    } catch (CancellationException e) {
      throw new IllegalStateException(doing + " has not begun: the process ends", e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException(doing + " was interrupted", e);
    }
  }
}
