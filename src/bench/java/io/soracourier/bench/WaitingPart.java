package io.soracourier.bench;

import io.soracourier.bench.WaitingSimulation.Cost;
import io.soracourier.bench.WaitingSimulation.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an hour of waiting costs, by simulation: nobody would wait for it. */
final class WaitingPart {
  private static final List<Integer> JOBS = List.of(1_000, 10_000);

  /** Two round trips, to a service and a storage that are not on this machine. */
  private static final double ROUND_TRIPS_SECONDS = 0.1;

  private static final double ASSUMED_LOOK_SECONDS = 0.003;
  private static final int HELD_ON_AN_INSTANCE = 24;
  private static final int VIDEOS = 1_000;
  private static final double COPY_PROCESSOR_SECONDS = 0.020;
  private static final double COPY_WAITING_SECONDS = 0.25 + 4 * 0.05;

  private static final List<String> METHOD =
      List.of(
          "By simulation, not by waiting: the jobs are enqueued at random moments of one minute, none is done within its hour, and each is looked at when the courier's own schedule says so, with its default delays and a fixed seed.",
          "There are as many instances as the platform's rule wants, by the source of the queue extension (`QueueMetricsProvider`, `QueueTargetScaler`): as soon as one message is visible, all messages, invisible ones included, divided by `batchSize` + `newBatchThreshold` = %d, rounded up, and %d at most. A message is taken to be visible whenever the scaler looks, which is every %.0f s, and no instance to be taken away: the dear case. Which instance gets a message is chance."
              .formatted(
                  SimulatedInstance.MAX_CONCURRENT,
                  QueueScaler.OURS.mostInstances(),
                  QueueScaler.EVERY_SECONDS),
          "An instance has 512 MB and a quarter of a processor, which looks use one after the other; in addition, each waits 0.1 s for the service and the storage, which is assumed. Billed is 0.5 GB × the time in which an instance runs anything: for each such period a second at least, then by tenths begun; what begins within a billed second belongs to it. The last column is what would be billed if no two looks shared a second.",
          "Held open is the same hour with an invocation for each job that does not end: alone on an instance, or 24 on each, as many as the host's own defaults begin there on one core. Its own processor time is not calculated. Storage transactions are receiving, putting back and deleting for a look, and asking an empty queue every two seconds; receiving, twelve renewals of the lease and deleting for a job that is held.",
          "The second table has jobs that have waited long and are all done within one minute. A copy has one of %d slots of its instance, or the job is put back for some seconds. Assumed is that a copy of 5 MiB takes %.0f ms of processor time, as the part `copy` has measured it, and %.2f s of waiting: the bytes at 20 MiB/s, and four round trips."
              .formatted(
                  SimulatedInstance.MAX_COPIES,
                  COPY_PROCESSOR_SECONDS * 1e3,
                  COPY_WAITING_SECONDS));

  private WaitingPart() {}

  /**
   * @param measured processor seconds of one look, by courier; empty when looks were not measured
   */
  static Section run(Map<Program, Double> measured, String heap) {
    Progress.say("waiting");
    List<String> method = new ArrayList<>(METHOD);
    List<List<Cell>> rows = new ArrayList<>();
    List<Judgement> judgements = new ArrayList<>();
    for (int jobs : JOBS) {
      Cost shared = WaitingSimulation.held(jobs, HELD_ON_AN_INSTANCE);
      Cost alone = WaitingSimulation.held(jobs, 1);
      if (measured.isEmpty()) {
        add(
            "courier, assumed",
            ASSUMED_LOOK_SECONDS,
            jobs,
            List.of(alone, shared),
            rows,
            judgements);
      }
      measured.forEach(
          (program, seconds) ->
              add(program.title(heap), seconds, jobs, List.of(alone, shared), rows, judgements));
      rows.add(row("held open, alone on an instance", jobs, alone));
      rows.add(row("held open, 24 on an instance", jobs, shared));
    }
    method.add(
        measured.isEmpty()
            ? "Looks were not measured in this run: 3 ms of processor time is assumed for one."
            : "The processor time of a look is the highest of the medians measured above.");
    Table table =
        new Table(
            "An hour of waiting",
            List.of(
                "way",
                "jobs",
                "looks",
                "storage transactions",
                "processor",
                "instances at most",
                "billed",
                "billed, no second shared"),
            rows);
    return new Section(Part.WAITING, method, List.of(table, stored(measured, heap)), judgements);
  }

  private static Table stored(Map<Program, Double> measured, String heap) {
    List<List<Cell>> rows = new ArrayList<>();
    if (measured.isEmpty()) {
      rows.add(stored("courier, assumed", ASSUMED_LOOK_SECONDS));
    }
    measured.forEach((program, seconds) -> rows.add(stored(program.title(heap), seconds)));
    return new Table(
        "Videos that are done within a minute",
        List.of(
            "way",
            "videos of 5 MiB",
            "looks",
            "put back for want of a slot",
            "instances at most",
            "all stored after",
            "billed"),
        rows);
  }

  private static List<Cell> stored(String title, double lookSeconds) {
    Stored stored =
        new WaitingSimulation(lookSeconds, ROUND_TRIPS_SECONDS)
            .doneWithinAMinute(VIDEOS, COPY_PROCESSOR_SECONDS, COPY_WAITING_SECONDS);
    return List.of(
        Cell.text(title),
        new Cell.Calculated(VIDEOS, ""),
        new Cell.Calculated(stored.looks(), ""),
        new Cell.Calculated(stored.tries(), ""),
        new Cell.Calculated(stored.instances(), ""),
        new Cell.Calculated(stored.storedSeconds(), "s"),
        new Cell.Calculated(stored.gigabyteSeconds(), "GB-s"));
  }

  private static void add(
      String title,
      double lookSeconds,
      int jobs,
      List<Cost> held,
      List<List<Cell>> rows,
      List<Judgement> judgements) {
    Cost cost = new WaitingSimulation(lookSeconds, ROUND_TRIPS_SECONDS).courier(jobs);
    rows.add(row(title, jobs, cost));
    for (Cost other : held) {
      judgements.add(
          new Judgement(
              Target.WAITING_COST,
              "%s, %,d jobs, against %d held on an instance"
                  .formatted(title, jobs, Math.round((double) jobs / other.instances())),
              other.gigabyteSeconds() / cost.gigabyteSeconds()));
    }
  }

  private static List<Cell> row(String title, int jobs, Cost cost) {
    return List.of(
        Cell.text(title),
        new Cell.Calculated(jobs, ""),
        new Cell.Calculated(cost.looks(), ""),
        new Cell.Calculated(cost.transactions(), ""),
        Double.isNaN(cost.processorSeconds())
            ? new Cell.Absent()
            : new Cell.Calculated(cost.processorSeconds(), "s"),
        new Cell.Calculated(cost.instances(), ""),
        new Cell.Calculated(cost.gigabyteSeconds(), "GB-s"),
        new Cell.Calculated(cost.alone(), "GB-s"));
  }
}
