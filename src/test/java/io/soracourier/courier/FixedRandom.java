package io.soracourier.courier;

import java.util.random.RandomGenerator;

/**
 * Always gives the same.
 *
 * @param nextDouble from 0 to less than 1
 */
record FixedRandom(double nextDouble) implements RandomGenerator {
  @Override
  public long nextLong() {
    return 0;
  }
}
