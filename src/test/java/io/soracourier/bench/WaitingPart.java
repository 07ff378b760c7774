package io.soracourier.bench;

import io.soracourier.bench.WaitingSimulation.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an hour of waiting costs, by simulation: nobody would wait for it. */
final class WaitingPart {
  private static final List<Integer> JOBS = List.of(1_000, 10_000);

  /** Two round trips, to a service and a storage that are not on this machine. */
  private static final double ROUND_TRIPS_SECONDS = 0.1;

  private static final double ASSUMED_LOOK_SECONDS = 0.003;

  private static final List<String> METHOD =
      List.of(
          "By simulation, not by waiting: the jobs are enqueued at random moments of one minute, none is done within its hour, and each is looked at when the courier's own schedule says so, with its default delays and a fixed seed. A look goes to the first instance with fewer than %d in work, else to another one."
              .formatted(SimulatedInstance.MAX_CONCURRENT),
          "An instance has 512 MB and a quarter of a processor, which looks use one after the other; in addition, each waits 0.1 s for the service and the storage, which is assumed. Billed is 0.5 GB × the time in which an instance runs anything: for each such period a second at least, then by tenths begun; what begins within a billed second belongs to it. The last column is what would be billed if no two looks shared a second.",
          "Held open is the same hour with an invocation for each job that does not end: alone on an instance, or with as many on one as the host fetches. Its own processor time is not calculated. Storage transactions are receiving, putting back and deleting for a look, and asking an empty queue every two seconds; receiving, twelve renewals of the lease and deleting for a job that is held.");

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
      Cost shared = WaitingSimulation.held(jobs, SimulatedInstance.MAX_CONCURRENT);
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
    return new Section(Part.WAITING, method, List.of(table), judgements);
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
