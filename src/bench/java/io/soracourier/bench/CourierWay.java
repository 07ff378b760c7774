package io.soracourier.bench;

import io.soracourier.simulator.SimulatedJob;

/**
 * A running courier that gets the id of a job that is done: from the invocation to the answer,
 * which holds the look at the job, the search for an earlier blob, the copy with all its checks,
 * and the commit.
 */
record CourierWay(String title, RunningCourier courier) implements Way {
  @Override
  public Usage copy(SimulatedJob job) {
    double processorBefore = courier.processorSeconds();
    long start = System.nanoTime();
    courier.copy(job.id());
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Usage(
        seconds, courier.processorSeconds() - processorBefore, courier.memory().peak());
  }

  @Override
  public void close() {
    courier.close();
  }
}
