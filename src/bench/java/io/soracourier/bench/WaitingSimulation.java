package io.soracourier.bench;

import io.soracourier.courier.LookTimes;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Jobs that wait, in simulated time: enqueued at random moments of a minute, looked at by the
 * courier's own schedule, on as many instances as the platform's rule asks for.
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

  /** After so many looks the delays are the longest. */
  private static final int LONG = 60;

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

  /**
   * What it takes to store the videos of jobs that are all done within a minute.
   *
   * @param tries that found no slot for a copy
   * @param storedSeconds from the first that is done until the last is stored
   */
  record Stored(
      long looks, long tries, int instances, double storedSeconds, double gigabyteSeconds) {}

  /** The message of a job when it is seen. */
  private record Message(double at, int looks, int tries, double doneAt) {}

  Cost courier(int jobs) {
    SplittableRandom random = new SplittableRandom(SEED);
    LookTimes times = new LookTimes(random);
    SimulatedFleet fleet = new SimulatedFleet(QueueScaler.OURS, random);
    PriorityQueue<Message> queue = queue();
    for (int job = 0; job < jobs; job++) {
      double enqueued = random.nextDouble() * ENQUEUED_WITHIN_SECONDS;
      queue.add(new Message(enqueued, 0, 0, Double.POSITIVE_INFINITY));
    }
    long looks = 0;
    while (queue.peek().at() < WINDOW.toSeconds()) {
      Message message = queue.poll();
      looks++;
      double end =
          fleet.receiving(message.at(), jobs).run(message.at(), processorSeconds, waitingSeconds);
      queue.add(lookedAt(message, end, times));
    }
    double billed = fleet.billedGigabyteSeconds();
    double seconds = processorSeconds / SimulatedInstance.PROCESSORS + waitingSeconds;
    return new Cost(
        looks,
        looks * TRANSACTIONS_OF_A_LOOK + (long) fleet.size() * POLLS_AN_HOUR,
        looks * processorSeconds,
        fleet.size(),
        billed,
        looks * ActivityMeter.billedOf(seconds) * SimulatedInstance.GIGABYTES);
  }

  /**
   * Jobs that have waited long enough for the longest delays, and are all done within a minute.
   *
   * @param copyProcessorSeconds of one copy
   * @param copyWaitingSeconds for which a copy waits for bytes and the storage
   */
  Stored doneWithinAMinute(int jobs, double copyProcessorSeconds, double copyWaitingSeconds) {
    SplittableRandom random = new SplittableRandom(SEED);
    LookTimes times = new LookTimes(random);
    SimulatedFleet fleet = new SimulatedFleet(QueueScaler.OURS, random);
    PriorityQueue<Message> queue = queue();
    for (int job = 0; job < jobs; job++) {
      double done = random.nextDouble() * ENQUEUED_WITHIN_SECONDS;
      double at = -random.nextDouble() * ENQUEUED_WITHIN_SECONDS;
      while (at < 0) {
        at += times.afterLook(LONG, at);
      }
      queue.add(new Message(at, LONG, 0, done));
    }
    long looks = 0;
    long tries = 0;
    double last = 0;
    while (!queue.isEmpty()) {
      Message message = queue.poll();
      double now = message.at();
      SimulatedInstance instance = fleet.receiving(now, queue.size() + 1);
      boolean slot = instance.hasSlot(now);
      if (message.tries() == 0 || slot) {
        looks++;
      }
      if (now < message.doneAt()) {
        queue.add(lookedAt(message, instance.run(now, processorSeconds, waitingSeconds), times));
      } else if (slot) {
        double end =
            instance.copy(
                now, processorSeconds + copyProcessorSeconds, waitingSeconds + copyWaitingSeconds);
        last = Math.max(last, end);
      } else {
        tries++;
        double end = instance.run(now, processorSeconds, waitingSeconds);
        int inARow = message.tries() + 1;
        double next = end + times.afterTry(inARow, end);
        queue.add(new Message(next, message.looks(), inARow, message.doneAt()));
      }
    }
    return new Stored(looks, tries, fleet.size(), last, fleet.billedGigabyteSeconds());
  }

  private static PriorityQueue<Message> queue() {
    return new PriorityQueue<>(Comparator.comparingDouble(Message::at));
  }

  private static Message lookedAt(Message message, double end, LookTimes times) {
    int looks = message.looks() + 1;
    return new Message(end + times.afterLook(looks, end), looks, 0, message.doneAt());
  }

  /** A function that keeps its invocation until the job is done, so many of them on an instance. */
  static Cost held(int jobs, int jobsOnAnInstance) {
    int instances = (jobs + jobsOnAnInstance - 1) / jobsOnAnInstance;
    double billed = instances * WINDOW.toSeconds() * SimulatedInstance.GIGABYTES;
    return new Cost(
        0, (long) jobs * TRANSACTIONS_OF_A_HELD_JOB, Double.NaN, instances, billed, billed);
  }
}
