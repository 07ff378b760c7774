package io.soracourier.local;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/**
 * Seeds of tests with random input. Such a test names its seed, in its own name or in each failure,
 * so that what failed can be run again.
 */
public final class Seeds {
  /** With this one a test can also check that its random input is varied enough. */
  public static final long FIXED = 20_251_009;

  private Seeds() {}

  /** One that no run had before: a clock would start two runs alike after a restart. */
  public static long random() {
    return ThreadLocalRandom.current().nextLong();
  }

  /** The same one in every run, so that a failure comes again, and a random one. */
  public static LongStream fixedAndRandom() {
    return LongStream.of(FIXED, random());
  }
}
