package io.soracourier.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What happened, in order, and a way to wait for more to happen.
 *
 * @param <T> one event
 */
public final class Journal<T> {
  private final List<T> entries = new ArrayList<>();
  private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

  void listen(Consumer<T> listener) {
    listeners.add(listener);
  }

  void add(T entry) {
    synchronized (this) {
      entries.add(entry);
      notifyAll();
    }
    listeners.forEach(listener -> listener.accept(entry));
  }

  /** All entries so far. */
  public synchronized List<T> entries() {
    return List.copyOf(entries);
  }

  /** The entries so far that match. */
  public List<T> entries(Predicate<? super T> matching) {
    return entries().stream().<T>filter(matching).toList();
  }

  /**
   * Waits until as many entries match as asked for.
   *
   * @return all entries that match
   * @throws AssertionError when they have not appeared in time
   */
  public synchronized List<T> await(
      int count, Predicate<? super T> matching, Duration timeout, String what) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      List<T> found = entries(matching);
      if (found.size() >= count) {
        return found;
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "%d of %d %s after %s; all there is: %s"
                .formatted(found.size(), count, what, timeout, entries));
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + what, e);
      }
    }
  }

  /** Waits for the first entry that matches. */
  public T await(Predicate<? super T> matching, Duration timeout, String what) {
    return await(1, matching, timeout, what).get(0);
  }
}
