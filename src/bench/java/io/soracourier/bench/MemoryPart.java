package io.soracourier.bench;

import io.soracourier.simulator.SimulatedJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** What a courier holds at most, against what it copies. */
final class MemoryPart {
  private static final long SMALLEST_JUDGED = 50L << 20;
  private static final long SIZE_OF_CONCURRENT = 50L << 20;

  private static final List<String> METHOD =
      List.of(
          "A fresh process each time, which copies and is asked for its peak (`VmHWM` of `/proc/<pid>/status`) before it ends. At once are copied videos of 50 MiB, with `courier.copy.concurrency` raised to their number.");

  private final BenchStack stack;
  private final List<Program> programs;
  private final BenchOptions options;

  /** So many copies at once of videos of that size. */
  private record Case(long bytes, int copies) {}

  private record Try(Program program, Case load) {}

  MemoryPart(BenchStack stack, List<Program> programs, BenchOptions options) {
    this.stack = stack;
    this.programs = programs;
    this.options = options;
  }

  Section run() {
    List<Case> bySize =
        options.plan().memorySizes().stream().map(size -> new Case(size, 1)).toList();
    List<Case> byNumber =
        options.plan().copiesAtOnce().stream()
            .map(copies -> new Case(SIZE_OF_CONCURRENT, copies))
            .toList();
    Map<Try, Samples> sizes = measure(bySize);
    Map<Try, Samples> numbers = measure(byNumber);
    return new Section(
        Part.MEMORY,
        METHOD,
        List.of(
            table("By the size of the video", "video", sizes),
            table("By the number of copies at once", "copies at once", numbers)),
        judgements(sizes));
  }

  private Map<Try, Samples> measure(List<Case> cases) {
    Map<Try, Samples> measured = new LinkedHashMap<>();
    for (Case load : cases) {
      Progress.say("memory, %d of %s".formatted(load.copies(), Numbers.bytes(load.bytes())));
      List<Try> tries = programs.stream().map(program -> new Try(program, load)).toList();
      Rounds.run(options.plan().rounds(), tries, this::peakMebibytes)
          .forEach((each, peaks) -> measured.put(each, new Samples(peaks)));
    }
    return measured;
  }

  /** Not a number where it failed, as with too small a heap: the other figures stand. */
  private double peakMebibytes(Try each) {
    int copies = each.load().copies();
    List<SimulatedJob> jobs =
        IntStream.range(0, copies).mapToObj(i -> stack.doneJob(each.load().bytes(), i)).toList();
    Map<String, String> settings = stack.settings(each.program().heapSetting(heap(copies)));
    settings.put("COURIER_COPY_CONCURRENCY", "" + copies);
    try (RunningCourier courier = RunningCourier.start(each.program().executable(), settings)) {
      copyAll(courier, jobs);
      double peak = Numbers.mebibytes(courier.memory().peak());
      jobs.forEach(stack::verifyAndDelete);
      return peak;
    } catch (BenchException | CompletionException e) {
      System.err.println(e.getMessage());
      stack.deleteAll();
      return Double.NaN;
    }
  }

  private static void copyAll(RunningCourier courier, List<SimulatedJob> jobs) {
    ExecutorService threads = Executors.newFixedThreadPool(jobs.size());
    try {
      jobs.stream()
          .map(job -> CompletableFuture.runAsync(() -> courier.copy(job.id()), threads))
          .toList()
          .forEach(CompletableFuture::join);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Three blocks of 4 MiB for each copy, and a third as much on its way to them. */
  private String heap(int copies) {
    return copies <= 4 ? options.heap() : 64 + 16 * copies + "m";
  }

  private Table table(String title, String by, Map<Try, Samples> measured) {
    List<List<Cell>> rows = new ArrayList<>();
    measured.forEach(
        (each, samples) ->
            rows.add(
                List.of(
                    Cell.text(each.program().title(heap(each.load().copies()))),
                    Cell.text(
                        by.equals("video")
                            ? Numbers.bytes(each.load().bytes())
                            : "" + each.load().copies()),
                    Double.isNaN(samples.most())
                        ? Cell.text("failed, see the output of the run")
                        : Cell.mebibytes(samples))));
    return new Table(title, List.of("program", by, "peak resident memory"), rows);
  }

  private List<Judgement> judgements(Map<Try, Samples> bySize) {
    List<Judgement> judgements = new ArrayList<>();
    for (Program program : programs) {
      List<Try> judged =
          bySize.keySet().stream()
              .filter(each -> each.program().equals(program))
              .filter(each -> each.load().bytes() >= SMALLEST_JUDGED)
              .toList();
      Samples peaks = new Samples(judged.stream().map(each -> bySize.get(each).median()).toList());
      long largest = judged.get(judged.size() - 1).load().bytes();
      judgements.add(
          new Judgement(
              Target.MEMORY_FLAT,
              "%s, up to %s".formatted(program.title(options.heap()), Numbers.bytes(largest)),
              peaks.most() / peaks.least()));
    }
    return judgements;
  }
}
