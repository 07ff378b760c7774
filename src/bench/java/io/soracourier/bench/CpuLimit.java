package io.soracourier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A control group of Linux whose processes together get so much of a processor. */
final class CpuLimit implements AutoCloseable {
  private static final int PERIOD_MICROS = 100_000;
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** Where control groups for processors are, in the first version of them and in the second. */
  private static final List<Path> PARENTS = List.of(ROOT.resolve("cpu"), ROOT);

  private final Path group;

  private CpuLimit(Path group) {
    this.group = group;
  }

  /** Empty where this user cannot make one. */
  static Optional<CpuLimit> of(double processors) {
    long quota = Math.round(processors * PERIOD_MICROS);
    for (Path parent : PARENTS) {
      Path group = parent.resolve("courier-bench-" + ProcessHandle.current().pid());
      try {
        Files.createDirectory(group);
      } catch (IOException notHere) {
        continue;
      }
      try {
        if (Files.exists(group.resolve("cpu.cfs_quota_us"))) {
          Files.writeString(group.resolve("cpu.cfs_period_us"), "" + PERIOD_MICROS);
          Files.writeString(group.resolve("cpu.cfs_quota_us"), "" + quota);
        } else {
          Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
        }
        return Optional.of(new CpuLimit(group));
      } catch (IOException notAllowed) {
        new CpuLimit(group).close();
      }
    }
    return Optional.empty();
  }

  /** Where a process writes its own number to belong to it. */
  Path members() {
    return group.resolve("cgroup.procs");
  }

  void add(long pid) {
    try {
      Files.writeString(members(), "" + pid);
    } catch (IOException e) {
      throw new BenchException("cannot limit a process", e);
    }
  }

  /** Its processes must have ended. */
  @Override
  public void close() {
    for (int i = 0; i < 100; i++) {
      try {
        Files.deleteIfExists(group);
        return;
      } catch (IOException stillEnding) {
        LockSupport.parkNanos(50_000_000);
      }
    }
    throw new BenchException("cannot remove " + group);
  }
}
