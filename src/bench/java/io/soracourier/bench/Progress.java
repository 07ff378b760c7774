package io.soracourier.bench;

/** Tells the person who waits what is being measured. */
final class Progress {
  private static final long START = System.nanoTime();

  private Progress() {}

  static void say(String what) {
    System.out.printf("%6d s  %s%n", (System.nanoTime() - START) / 1_000_000_000, what);
  }
}
