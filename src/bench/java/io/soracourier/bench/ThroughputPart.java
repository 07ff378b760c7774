package io.soracourier.bench;

import io.soracourier.simulator.SimulatedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Videos a second by what may use a part of a processor. */
final class ThroughputPart {
  private static final long BYTES = 5L << 20;
  private static final List<Double> PROCESSORS = List.of(0.25, 1.0);
  private static final List<Integer> CONCURRENT = List.of(1, 4, 8);

  private static final List<String> METHOD =
      List.of(
          "Videos of 5 MiB, so many at a time, by processes that together get a quarter of a processor, or one (a control group of Linux). The courier is one warm process; the others are a loop of the shell, which starts a process or two for each video: `xargs -P`. Simulator and Azurite have what the machine has besides. Each blob is read back, compared and deleted.");

  private final BenchStack stack;
  private final List<Program> programs;
  private final BenchOptions options;
  private final Path directory;

  /** Copies all of these, and returns when the last one is there. */
  private record Copier(String title, Function<List<SimulatedJob>, Double> seconds) {}

  ThroughputPart(BenchStack stack, List<Program> programs, BenchOptions options, Path directory) {
    this.stack = stack;
    this.programs = programs;
    this.options = options;
    this.directory = directory;
  }

  Section run() {
    List<Table> tables = new ArrayList<>();
    List<Judgement> judgements = new ArrayList<>();
    for (double processors : PROCESSORS) {
      for (int concurrent : CONCURRENT) {
        String title =
            "%s processor, %d at a time"
                .formatted(processors == 1 ? "one" : "a quarter of a", concurrent);
        Progress.say("throughput, " + title);
        Map<String, Samples> perSecond = measure(processors, concurrent);
        tables.add(table(title, perSecond));
        judge(title, perSecond, judgements);
      }
    }
    return new Section(Part.THROUGHPUT, METHOD, tables, judgements);
  }

  private void judge(String title, Map<String, Samples> perSecond, List<Judgement> judgements) {
    Samples rclone = perSecond.get(ShellWays.RCLONE);
    if (rclone != null) {
      for (Program program : programs) {
        String way = program.title(options.heap());
        judgements.add(
            new Judgement(
                Target.THROUGHPUT, way + ", " + title, perSecond.get(way).ratioTo(rclone)));
      }
    }
  }

  private static Table table(String title, Map<String, Samples> perSecond) {
    List<List<Cell>> rows = new ArrayList<>();
    perSecond.forEach(
        (way, samples) ->
            rows.add(
                List.of(
                    Cell.text(way),
                    new Cell.Measured(samples, "/s"),
                    Cell.ratio(samples, perSecond.get(ShellWays.RCLONE)),
                    Cell.ratio(samples, perSecond.get(ShellWays.PIPE)))));
    return new Table(
        title,
        List.of("way", "videos a second", "to " + ShellWays.RCLONE, "to " + ShellWays.PIPE),
        rows);
  }

  private Map<String, Samples> measure(double processors, int concurrent) {
    List<RunningCourier> couriers = new ArrayList<>();
    try (CpuLimit limit =
        CpuLimit.of(processors)
            .orElseThrow(
                () -> new BenchException("this user cannot make a control group for processors"))) {
      try {
        List<Copier> copiers = new ArrayList<>();
        for (Program program : programs) {
          RunningCourier courier =
              RunningCourier.start(
                  program.executable(), stack.settings(program.heapSetting(options.heap())));
          couriers.add(courier);
          copiers.add(
              new Copier(
                  program.title(options.heap()), jobs -> byCourier(courier, concurrent, jobs)));
        }
        copiers.forEach(this::copy);
        couriers.forEach(courier -> limit.add(courier.pid()));
        for (ShellWays.Loop loop : new ShellWays(stack, directory).loops()) {
          copiers.add(new Copier(loop.title(), jobs -> byLoop(loop, limit, concurrent, jobs)));
        }
        Map<String, Samples> perSecond = new LinkedHashMap<>();
        Rounds.run(options.plan().rounds(), copiers, this::copy)
            .forEach((copier, each) -> perSecond.put(copier.title(), new Samples(each)));
        return perSecond;
      } finally {
        couriers.forEach(RunningCourier::close);
      }
    }
  }

  /** Videos a second. */
  private double copy(Copier copier) {
    List<SimulatedJob> jobs = stack.doneJobs(options.plan().videos(), BYTES);
    double seconds = copier.seconds().apply(jobs);
    jobs.forEach(stack::verifyAndDelete);
    return jobs.size() / seconds;
  }

  private static double byCourier(RunningCourier courier, int concurrent, List<SimulatedJob> jobs) {
    ExecutorService threads = Executors.newFixedThreadPool(concurrent);
    try {
      long start = System.nanoTime();
      jobs.stream()
          .map(job -> CompletableFuture.runAsync(() -> courier.copy(job.id()), threads))
          .toList()
          .forEach(CompletableFuture::join);
      return (System.nanoTime() - start) / 1e9;
    } finally {
      threads.shutdownNow();
    }
  }

  private double byLoop(
      ShellWays.Loop loop, CpuLimit limit, int concurrent, List<SimulatedJob> jobs) {
    try {
      Path lines = directory.resolve("lines");
      Files.writeString(
          lines,
          jobs.stream().map(job -> loop.line().apply(job) + "\n").collect(Collectors.joining()));
      return new Shell(directory, loop.environment())
          .run(
              "echo $$ > %s; xargs -P %d -d '\\n' -n 1 sh -c < lines"
                  .formatted(limit.members(), concurrent))
          .seconds();
    } catch (IOException e) {
      throw new BenchException("cannot write the lines of a loop", e);
    }
  }
}
