package io.soracourier.bench;

import io.soracourier.local.LocalStackException;
import io.soracourier.local.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * The most that the children of a process were resident, those that ran at once added up. Linux
 * keeps each one's peak itself; it is read every few milliseconds, so that what is missed is only
 * what a process grew in its last ones.
 */
final class ChildrenMemory implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private final Path children;
  private final Thread watcher;
  private volatile boolean ended;
  private volatile long peak;

  private ChildrenMemory(long pid) {
    this.children = Path.of("/proc/%d/task/%d/children".formatted(pid, pid));
    this.watcher = new Thread(this::run, "children-memory");
    watcher.setDaemon(true);
  }

  static ChildrenMemory watch(long pid) {
    ChildrenMemory memory = new ChildrenMemory(pid);
    memory.watcher.start();
    return memory;
  }

  /** In bytes; 0 where this system does not tell. */
  long peak() {
    return peak;
  }

  private void run() {
    while (!ended) {
      peak = Math.max(peak, now());
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  private long now() {
    try {
      return Arrays.stream(Files.readString(children).strip().split(" "))
          .filter(pid -> !pid.isEmpty())
          .mapToLong(pid -> peakOf(Long.parseLong(pid)))
          .sum();
    } catch (IOException ended) {
      return 0;
    }
  }

  private static long peakOf(long pid) {
    try {
      return ResidentMemory.of(pid).peak();
    } catch (LocalStackException ended) {
      return 0;
    }
  }

  @Override
  public void close() {
    ended = true;
  }
}
