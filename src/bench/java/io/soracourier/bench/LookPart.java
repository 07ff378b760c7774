package io.soracourier.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A look that finds its job still being made, and puts it back on its queue. */
final class LookPart {
  private static final List<Integer> IN_FLIGHT = List.of(1, 16, 32);
  private static final int WARM_UP_LOOKS = 1000;

  private static final List<String> METHOD =
      List.of(
          "So many invocations at once, over and over: each asks the simulated service about the job and puts one message on Azurite's queue. The courier's processor time is its own alone, as Linux counts it for the process.",
          "Azurite takes part in every look, on the same processors: its own processor time for a look is beside the courier's, and the second table says how long the put of one such message takes by itself, sent by the measuring program.");

  private final BenchStack stack;
  private final List<Program> programs;
  private final BenchOptions options;

  /** One courier with so many invocations in flight. */
  private record Load(Program program, RunningCourier courier, int inFlight) {}

  LookPart(BenchStack stack, List<Program> programs, BenchOptions options) {
    this.stack = stack;
    this.programs = programs;
    this.options = options;
  }

  /** What the waiting simulation wants to know: processor seconds of one look, by courier. */
  record Found(Section section, Map<Program, Double> processorSeconds) {}

  Found run() {
    Progress.say("look");
    LookLoad load = new LookLoad(stack, jobs());
    List<Load> loads = new ArrayList<>();
    for (Program program : programs) {
      RunningCourier courier =
          RunningCourier.start(
              program.executable(), stack.settings(program.heapSetting(options.heap())));
      IN_FLIGHT.forEach(inFlight -> loads.add(new Load(program, courier, inFlight)));
    }
    try {
      loads.forEach(each -> load.run(each.courier(), each.inFlight(), WARM_UP_LOOKS));
      Map<Load, List<LookLoad.Took>> took =
          Rounds.run(
              options.plan().rounds(),
              loads,
              each -> load.run(each.courier(), each.inFlight(), options.plan().looks()));
      return found(took, load.putMillis(options.plan().looks() / 4));
    } finally {
      loads.forEach(each -> each.courier().close());
    }
  }

  /** One for each look in flight, with some more of it made at each look. */
  private List<String> jobs() {
    AtomicInteger looks = new AtomicInteger();
    return Stream.generate(
            () ->
                stack
                    .simulator()
                    .sora1Job()
                    .statuses("running")
                    .editJob(json -> json.put("progress", looks.incrementAndGet() % 100))
                    .add()
                    .id())
        .limit(Collections.max(IN_FLIGHT))
        .toList();
  }

  private Found found(Map<Load, List<LookLoad.Took>> took, Samples putMillis) {
    List<List<Cell>> rows = new ArrayList<>();
    List<Judgement> judgements = new ArrayList<>();
    Map<Program, Double> costs = new LinkedHashMap<>();
    took.forEach(
        (load, samples) -> {
          String title = load.program().title(options.heap());
          Samples processor = LookLoad.samples(samples, LookLoad.Took::processorMillis);
          rows.add(
              List.of(
                  Cell.text(title),
                  Cell.text("" + load.inFlight()),
                  new Cell.Measured(LookLoad.samples(samples, LookLoad.Took::perSecond), "/s"),
                  Cell.milliseconds(LookLoad.samples(samples, LookLoad.Took::latencyMillis)),
                  Cell.milliseconds(processor),
                  Cell.milliseconds(LookLoad.samples(samples, LookLoad.Took::azuriteMillis))));
          judgements.add(
              new Judgement(
                  Target.LOOK_PROCESSOR,
                  title + ", " + load.inFlight() + " in flight",
                  processor.median()));
          costs.merge(load.program(), processor.median() / 1e3, Math::max);
        });
    Table table =
        new Table(
            "Looks",
            List.of(
                "program",
                "in flight",
                "looks a second",
                "time of a look",
                "processor time of a look",
                "Azurite's processor time of a look"),
            rows);
    Table put =
        new Table(
            "Azurite alone",
            List.of("what", "time"),
            List.of(List.of(Cell.text("putting one message"), Cell.milliseconds(putMillis))));
    return new Found(new Section(Part.LOOK, METHOD, List.of(table, put), judgements), costs);
  }
}
