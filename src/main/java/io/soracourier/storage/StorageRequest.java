package io.soracourier.storage;

import io.soracourier.identity.IdentityException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What all single requests have in common: how they fail and how they are tried again. */
final class StorageRequest {
  /**
   * With the delays below, a request is given up after four to six seconds of waiting: longer than
   * a partition of the service needs to move (the usual cause of 503), short enough to leave the
   * rest to the queue.
   */
  static final int MAX_RETRIES = 4;

  /** The first wait; each one after it is twice as long. */
  static final int DELAY_MILLIS = 300;

  /** Keeps copies that were refused together from coming back together. */
  static final int JITTER_MILLIS = 250;

  /** The longest of the four waits. */
  static final int MAX_DELAY_MILLIS = 2_400;

  private StorageRequest() {}

  /**
   * @param name operation and object, e.g. {@code Put Block videos/gen_1.mp4}
   * @throws StorageException for every failure there is
   */
  static <T> T send(String name, Supplier<T> request) {
    try {
      return request.get();
    } catch (StorageRefusal e) {
      throw StorageException.refused(name, e);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof IdentityException identity) {
        throw StorageException.withoutToken(name, identity);
      }
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw StorageException.unanswered(name, e);
    }
  }

  static void run(String name, Runnable request) {
    send(
        name,
        () -> {
          request.run();
          return null;
        });
  }

  /** Which failures are worth another try. Public for SmallRye, which makes one. */
  public static final class Retryable implements Predicate<Throwable> {
    @Override
    public boolean test(Throwable failure) {
      return failure instanceof StorageException storage && storage.isRetryable();
    }
  }
}
