package io.soracourier.bench;

import io.soracourier.courier.LookTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Jobs that wait, in simulated time: enqueued at random moments of a minute, because delays are
 * whole seconds and would keep those of one moment together; looked at by the courier's own
 * schedule. Each look goes to the first instance with room for it, or to another one.
 *
 * @param processorSeconds of one look
 * @param waitingSeconds for which a look waits for the service and the storage
 */
record WaitingSimulation(double processorSeconds, double waitingSeconds) {
  static final Duration WINDOW = Duration.ofHours(1);

  /** Received, put back, deleted. */
  private static final int TRANSACTIONS_OF_A_LOOK = 3;

  /** The host asks an empty queue once in two seconds, while an instance is up. */
  private static final int POLLS_AN_HOUR = 1800;

  /** Received, its lease renewed every five minutes, deleted. */
  private static final int TRANSACTIONS_OF_A_HELD_JOB = 2 + 12;

  private static final double ENQUEUED_WITHIN_SECONDS = 60;
  private static final long SEED = 20261122;

  /**
   * What an hour of waiting takes.
   *
   * @param looks none where the job is held open
   * @param alone what would be billed if no two looks ever shared a billed second
   */
  record Cost(
      long looks,
      long transactions,
      double processorSeconds,
      int instances,
      double gigabyteSeconds,
      double alone) {}

  Cost courier(int jobs) {
    List<SimulatedInstance> instances = new ArrayList<>();
    double[] looks = looks(jobs);
    for (double at : looks) {
      instance(instances, at).run(at, processorSeconds, waitingSeconds);
    }
    double billed = instances.stream().mapToDouble(SimulatedInstance::billedGigabyteSeconds).sum();
    double seconds = processorSeconds / SimulatedInstance.PROCESSORS + waitingSeconds;
    return new Cost(
        looks.length,
        looks.length * (long) TRANSACTIONS_OF_A_LOOK
            + Math.round(POLLS_AN_HOUR * billed / (3600 * SimulatedInstance.GIGABYTES)),
        looks.length * processorSeconds,
        instances.size(),
        billed,
        looks.length * ActivityMeter.billedOf(seconds) * SimulatedInstance.GIGABYTES);
  }

  private static double[] looks(int jobs) {
    SplittableRandom random = new SplittableRandom(SEED);
    LookTimes times = new LookTimes(random);
    List<Double> looks = new ArrayList<>();
    for (int job = 0; job < jobs; job++) {
      double enqueued = random.nextDouble() * ENQUEUED_WITHIN_SECONDS;
      times.within(WINDOW).forEach(at -> looks.add(enqueued + at.toSeconds()));
    }
    return looks.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static SimulatedInstance instance(List<SimulatedInstance> instances, double now) {
    for (SimulatedInstance instance : instances) {
      if (instance.hasRoom(now)) {
        return instance;
      }
    }
    instances.add(new SimulatedInstance());
    return instances.get(instances.size() - 1);
  }

  /** A function that keeps its invocation until the job is done, so many of them on an instance. */
  static Cost held(int jobs, int jobsOnAnInstance) {
    int instances = (jobs + jobsOnAnInstance - 1) / jobsOnAnInstance;
    double billed = instances * WINDOW.toSeconds() * SimulatedInstance.GIGABYTES;
    return new Cost(
        0, (long) jobs * TRANSACTIONS_OF_A_HELD_JOB, Double.NaN, instances, billed, billed);
  }
}
