package io.soracourier.courier;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;

/** The settings of a courier, changed one at a time from their defaults. */
record Configs(
    Duration firstDelay,
    Duration maxDelay,
    Duration grace,
    Duration deadline,
    long block,
    int concurrency,
    Duration timeLimit)
    implements CourierConfig, CourierConfig.LookDelays, CourierConfig.Copy {

  static final Configs DEFAULTS =
      new Configs(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofHours(24),
          4L << 20,
          8,
          Duration.ofMinutes(35));

  Configs withDelays(Duration first, Duration max) {
    return new Configs(first, max, grace, deadline, block, concurrency, timeLimit);
  }

  Configs withGrace(Duration other) {
    return new Configs(firstDelay, maxDelay, other, deadline, block, concurrency, timeLimit);
  }

  Configs withDeadline(Duration other) {
    return new Configs(firstDelay, maxDelay, grace, other, block, concurrency, timeLimit);
  }

  Configs withBlock(long bytes) {
    return new Configs(firstDelay, maxDelay, grace, deadline, bytes, concurrency, timeLimit);
  }

  Configs withConcurrency(int copies) {
    return new Configs(firstDelay, maxDelay, grace, deadline, block, copies, timeLimit);
  }

  Configs withTimeLimit(Duration other) {
    return new Configs(firstDelay, maxDelay, grace, deadline, block, concurrency, other);
  }

  @Override
  public LookDelays look() {
    return this;
  }

  @Override
  public Copy copy() {
    return this;
  }

  @Override
  public MemorySize blockSize() {
    return new MemorySize(BigInteger.valueOf(block));
  }
}
