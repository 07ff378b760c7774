package io.soracourier.bench;

import io.soracourier.setting.AtOnce;
import java.util.PriorityQueue;

/**
 * An instance of 512 MB: a quarter of a processor, which invocations share in turn, as many of them
 * at once as the host begins, and as many copies as the courier makes.
 */
final class SimulatedInstance {
  static final double GIGABYTES = 0.5;
  static final int MAX_CONCURRENT = AtOnce.INVOCATIONS;
  static final int MAX_COPIES = 8;
  static final double PROCESSORS = 0.25;

  private final ActivityMeter meter = new ActivityMeter();
  private final PriorityQueue<Double> ends = new PriorityQueue<>();
  private final PriorityQueue<Double> copyEnds = new PriorityQueue<>();
  private double processorFree;

  boolean hasRoom(double now) {
    return isBelow(ends, MAX_CONCURRENT, now);
  }

  boolean hasSlot(double now) {
    return isBelow(copyEnds, MAX_COPIES, now);
  }

  private static boolean isBelow(PriorityQueue<Double> ends, int most, double now) {
    while (!ends.isEmpty() && ends.peek() <= now) {
      ends.poll();
    }
    return ends.size() < most;
  }

  /**
   * Runs an invocation: its processor time when the processor is free, and its waiting.
   *
   * @return when it ends
   */
  double run(double now, double processorSeconds, double waitingSeconds) {
    double begin = Math.max(now, processorFree);
    processorFree = begin + processorSeconds / PROCESSORS;
    double end = processorFree + waitingSeconds;
    ends.add(end);
    meter.ran(now, end);
    return end;
  }

  /** The same of one that copies, and has a slot. */
  double copy(double now, double processorSeconds, double waitingSeconds) {
    double end = run(now, processorSeconds, waitingSeconds);
    copyEnds.add(end);
    return end;
  }

  double billedGigabyteSeconds() {
    return meter.billedSeconds() * GIGABYTES;
  }
}
