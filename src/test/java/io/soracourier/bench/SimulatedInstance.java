package io.soracourier.bench;

import java.util.PriorityQueue;

/**
 * An instance of 512 MB: a quarter of a processor, which looks share in turn, and as many
 * invocations at once as the host fetches.
 */
final class SimulatedInstance {
  static final double GIGABYTES = 0.5;
  static final int MAX_CONCURRENT = 24;
  static final double PROCESSORS = 0.25;

  private final ActivityMeter meter = new ActivityMeter();
  private final PriorityQueue<Double> ends = new PriorityQueue<>();
  private double processorFree;

  boolean hasRoom(double now) {
    while (!ends.isEmpty() && ends.peek() <= now) {
      ends.poll();
    }
    return ends.size() < MAX_CONCURRENT;
  }

  /** Runs one look: its processor time when the processor is free, and its waiting for answers. */
  void run(double now, double processorSeconds, double waitingSeconds) {
    double begin = Math.max(now, processorFree);
    processorFree = begin + processorSeconds / PROCESSORS;
    double end = processorFree + waitingSeconds;
    ends.add(end);
    meter.ran(now, end);
  }

  double billedGigabyteSeconds() {
    return meter.billedSeconds() * GIGABYTES;
  }
}
