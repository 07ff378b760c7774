package io.soracourier.bench;

import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** From nothing to the first responses. */
final class StartPart {
  private static final String FLOOR = "floor: the smallest server, in C";
  private static final List<String> METHOD =
      List.of(
          "Every program is started in turn, asked `GET /` every millisecond until it answers, and then sent its first invocation, a look at a job that is still being made. Times count from the start of the process; resident memory is that between the two answers.",
          "The floor is a server of some 50 lines of C, which shows what of these times is the machine's own.");

  private final BenchStack stack;
  private final List<Program> programs;
  private final BenchOptions options;
  private final Path directory;

  /** What one start took. */
  private record Start(double readyMillis, double invokedMillis, double residentMebibytes) {}

  private record Starter(
      String title, Path executable, Map<String, String> settings, boolean looks) {}

  StartPart(BenchStack stack, List<Program> programs, BenchOptions options, Path directory) {
    this.stack = stack;
    this.programs = programs;
    this.options = options;
    this.directory = directory;
  }

  Section run() {
    Progress.say("start");
    SimulatedJob job = stack.simulator().sora1Job().statuses("running").add();
    List<String> method = new ArrayList<>(METHOD);
    List<Starter> starters = new ArrayList<>();
    for (Program program : programs) {
      Map<String, String> settings = stack.settings(program.heapSetting(options.heap()));
      starters.add(
          new Starter(program.title(options.heap()), program.executable(), settings, true));
    }
    Optional<Path> floor = FloorServer.compile(directory);
    floor.ifPresent(file -> starters.add(new Starter(FLOOR, file, Map.of(), false)));
    if (floor.isEmpty()) {
      method.add("There is no floor: no C compiler (`cc`) is here.");
    }
    Rounds.run(1, starters, starter -> start(starter, job));
    Map<Starter, List<Start>> starts =
        Rounds.run(options.plan().starts(), starters, starter -> start(starter, job));
    stack.forgetMessages();
    List<List<Cell>> rows = new ArrayList<>();
    starts.forEach((starter, samples) -> rows.add(row(starter, samples)));
    Table table =
        new Table(
            "From the start of the process",
            List.of("program", "first response", "first invocation", "resident memory"),
            rows);
    return new Section(Part.START, method, List.of(table), judgements(starts));
  }

  private static Start start(Starter starter, SimulatedJob job) {
    try (RunningCourier courier = RunningCourier.start(starter.executable(), starter.settings())) {
      double resident = Numbers.mebibytes(courier.memory().now());
      if (starter.looks()) {
        courier.look(job.id());
      }
      return new Start(courier.readySeconds() * 1e3, courier.secondsSinceStart() * 1e3, resident);
    }
  }

  private static List<Cell> row(Starter starter, List<Start> starts) {
    return List.of(
        Cell.text(starter.title()),
        Cell.milliseconds(samples(starts, Start::readyMillis)),
        starter.looks()
            ? Cell.milliseconds(samples(starts, Start::invokedMillis))
            : new Cell.Absent(),
        Cell.mebibytes(samples(starts, Start::residentMebibytes)));
  }

  private List<Judgement> judgements(Map<Starter, List<Start>> starts) {
    List<Judgement> judgements = new ArrayList<>();
    programs.stream()
        .filter(Program::isNative)
        .map(program -> program.title(options.heap()))
        .forEach(
            title ->
                starts.forEach(
                    (starter, samples) -> {
                      if (starter.title().equals(title)) {
                        judgements.add(
                            new Judgement(
                                Target.START_TIME,
                                title,
                                samples(samples, Start::readyMillis).median()));
                        judgements.add(
                            new Judgement(
                                Target.START_MEMORY,
                                title,
                                samples(samples, Start::residentMebibytes).median()));
                      }
                    }));
    return judgements;
  }

  private static Samples samples(List<Start> starts, ToDoubleFunction<Start> figure) {
    return new Samples(starts.stream().mapToDouble(figure).boxed().toList());
  }
}
