package io.soracourier.local;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The host's one handler process over time: started, watched, restarted. The rules are those of the
 * real dispatcher: exit code 0 is not noticed, 200 is a wish to be restarted, any other counts as
 * an error; the third error, none more than half an hour after the one before, stops the host, and
 * so do two invocations that run into their time limit together.
 */
final class Worker {
  static final int ERRORS_THAT_STOP = 3;
  private static final Duration ERROR_WINDOW = Duration.ofMinutes(30);

  /** How long the host waits with the killing after an invocation ran into its time limit. */
  private static final Duration KILLED_AFTER_TIMEOUT = Duration.ofSeconds(2);

  private static final int EXIT_UNNOTICED = 0;
  private static final int EXIT_RESTART = 200;

  enum State {
    STARTING,
    READY,
    STOPPED
  }

  private final Function<Worker, HandlerProcess> starter;
  private final HttpClient client;
  private final Duration initializationTimeout;
  private final int errorsThatStop;
  private final Clock clock;
  private final Deque<Instant> errors = new ArrayDeque<>();
  private HandlerProcess process;
  private boolean killPending;
  private State state = State.STARTING;
  private String stopReason = "the host was stopped";

  Worker(
      Function<Worker, HandlerProcess> starter,
      HttpClient client,
      Duration initializationTimeout,
      int errorsThatStop,
      Clock clock) {
    this.starter = starter;
    this.client = client;
    this.initializationTimeout = initializationTimeout;
    this.errorsThatStop = errorsThatStop;
    this.clock = clock;
  }

  /**
   * Starts the process and waits until it answers.
   *
   * @return false when it ended or stayed silent
   */
  boolean start() {
    HandlerProcess started;
    synchronized (this) {
      if (state == State.STOPPED) {
        return false;
      }
      state = State.STARTING;
      started = starter.apply(this);
      process = started;
      started
          .process()
          .onExit()
          .thenAcceptAsync(
              ended -> exited(started, ended.exitValue()), task -> new Thread(task).start());
    }
    boolean ready;
    try {
      ready = started.awaitReady(client, initializationTimeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ready = false;
    }
    synchronized (this) {
      if (ready && process == started && state == State.STARTING) {
        state = State.READY;
        notifyAll();
      }
    }
    return ready;
  }

  /**
   * An invocation ran into its time limit: nothing more is sent to the process, which is killed a
   * little later and started again.
   */
  void timedOut() {
    Optional<HandlerProcess> old;
    synchronized (this) {
      if (killPending) {
        // A null reference in the real host's own restart ends the host itself.
        stop("two invocations ran into functionTimeout together");
        return;
      }
      old = leaveReady();
      killPending = old.isPresent();
    }
    old.ifPresent(
        process ->
            CompletableFuture.delayedExecutor(
                    KILLED_AFTER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> killAndStart(process)));
  }

  /** Kills the process and starts another, without counting an error. */
  void restart() {
    leaveReady().ifPresent(this::killAndStart);
  }

  private synchronized Optional<HandlerProcess> leaveReady() {
    if (state != State.READY) {
      return Optional.empty();
    }
    state = State.STARTING;
    return Optional.of(process);
  }

  private void killAndStart(HandlerProcess old) {
    synchronized (this) {
      killPending = false;
    }
    old.kill();
    startAgain();
  }

  private void exited(HandlerProcess ended, int exitCode) {
    synchronized (this) {
      if (process != ended || state != State.READY || exitCode == EXIT_UNNOTICED) {
        return;
      }
      state = State.STARTING;
    }
    if (exitCode != EXIT_RESTART && tooManyErrors()) {
      stop(
          "the handler failed %d times, last with exit code %d"
              .formatted(errorsThatStop, exitCode));
    } else {
      startAgain();
    }
  }

  private void startAgain() {
    while (!start() && !isStopped()) {
      if (tooManyErrors()) {
        stop("the handler failed %d times, last to start".formatted(errorsThatStop));
      }
    }
  }

  private synchronized boolean tooManyErrors() {
    Instant now = clock.instant();
    if (!errors.isEmpty() && errors.peekLast().isBefore(now.minus(ERROR_WINDOW))) {
      errors.clear();
    }
    errors.addLast(now);
    return errors.size() >= errorsThatStop;
  }

  synchronized void stop(String reason) {
    if (state != State.STOPPED) {
      stopReason = reason;
    }
    state = State.STOPPED;
    notifyAll();
    if (process != null) {
      process.kill();
    }
  }

  /** Stops and leaves the process running. */
  synchronized HandlerProcess leave(String reason) {
    HandlerProcess left = process;
    process = null;
    stop(reason);
    return left;
  }

  /** The process to send an invocation to, as soon as there is one. */
  synchronized HandlerProcess awaitReady() throws InterruptedException, FailedInvocationException {
    while (state == State.STARTING) {
      wait();
    }
    if (state == State.STOPPED) {
      throw new FailedInvocationException(stopReason);
    }
    return process;
  }

  synchronized HandlerProcess process() {
    return process;
  }

  synchronized boolean isStopped() {
    return state == State.STOPPED;
  }

  synchronized String stopReason() {
    return stopReason;
  }
}
