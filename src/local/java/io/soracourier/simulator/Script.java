package io.soracourier.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The faults scripted for some requests. Those of {@link #answer} are used up one request each, in
 * order; after them {@link #always} counts, and without it the normal answer. Where several scripts
 * fit a request, the one made last comes first, until it is used up.
 */
public final class Script {
  private final Predicate<Request> requests;
  private final Deque<Fault> once = new ArrayDeque<>();
  private Fault always;
  private boolean anonymous;

  Script(Predicate<Request> requests) {
    this.requests = requests;
  }

  /** These faults, one a request. Called again, further ones after them. */
  public synchronized Script answer(Fault... faults) {
    once.addAll(java.util.List.of(faults));
    return this;
  }

  /** The same fault for so many requests. */
  public synchronized Script answer(int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      once.add(fault);
    }
    return this;
  }

  /** This fault for every request after those of {@link #answer}. */
  public synchronized Script always(Fault fault) {
    always = fault;
    return this;
  }

  /** Answers requests without a credential too. */
  public synchronized Script anonymous() {
    anonymous = true;
    return this;
  }

  /** Ends the script: from now on the normal answer. */
  public synchronized void clear() {
    once.clear();
    always = null;
  }

  /** How many faults of {@link #answer} have not been used yet. */
  public synchronized int remaining() {
    return once.size();
  }

  synchronized boolean admits(Request request) {
    return anonymous && requests.test(request);
  }

  synchronized Optional<Fault> next(Request request) {
    if (!requests.test(request)) {
      return Optional.empty();
    }
    return once.isEmpty() ? Optional.ofNullable(always) : Optional.of(once.remove());
  }
}
