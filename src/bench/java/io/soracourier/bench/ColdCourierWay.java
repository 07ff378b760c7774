package io.soracourier.bench;

import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import java.util.Map;

/**
 * A courier that is started for one copy: its start is part of the time, as it is with the others.
 */
record ColdCourierWay(String title, Path executable, Map<String, String> settings) implements Way {
  @Override
  public Usage copy(SimulatedJob job) {
    try (RunningCourier courier = RunningCourier.start(executable, settings)) {
      courier.copy(job.id());
      return new Usage(
          courier.secondsSinceStart(), courier.processorSeconds(), courier.memory().peak());
    }
  }
}
