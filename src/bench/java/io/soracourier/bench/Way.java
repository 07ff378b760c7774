package io.soracourier.bench;

import io.soracourier.simulator.SimulatedJob;

/** A way to bring a video from the service to the storage. */
interface Way extends AutoCloseable {
  String title();

  /** Copies the job's video into its blob. */
  Usage copy(SimulatedJob job);

  @Override
  default void close() {}
}
