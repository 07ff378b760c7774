package io.soracourier.bench;

import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same video from the simulator to Azurite, by the courier and by other programs. */
final class CopyPart {
  private static final long WARM_UP_BYTES = 100L << 20;

  private static final List<String> METHOD =
      List.of(
          "Each round copies the same video by every way in turn. Before the first one, uncounted, every way has copied it once, and a courier until it has copied 100 MiB: a JVM translates the code that it runs often while it runs. Each blob is read back, compared by length and MD5, and deleted.",
          "The courier is one warm process for each size: the time is that from the POST of the invocation to its answer, which holds the look at the job, the question for an earlier blob, the MD5 of each block and of the whole, the walk through the MP4's boxes, and the commit. The others are processes started for each copy, measured from start to end, and check none of that; a courier that is started for its copy is among them at the smallest size.",
          "Processor time is that of the copying processes alone, in hundredths of a second, as Linux counts it; peak resident memory is theirs too, of the courier since its start, of a pipe's two programs together.");

  private final BenchStack stack;
  private final List<Program> programs;
  private final BenchOptions options;
  private final Path directory;

  CopyPart(BenchStack stack, List<Program> programs, BenchOptions options, Path directory) {
    this.stack = stack;
    this.programs = programs;
    this.options = options;
    this.directory = directory;
  }

  Section run() {
    List<Table> tables = new ArrayList<>();
    List<Judgement> judgements = new ArrayList<>();
    double fastest = 0;
    for (long bytes : options.plan().copySizes()) {
      Progress.say("copy " + Numbers.bytes(bytes));
      CopyTable table = new CopyTable(bytes, measure(bytes));
      tables.add(table.table());
      fastest = table.fastest();
      programs.forEach(program -> judgements.addAll(table.judgements(program, title(program))));
    }
    List<String> method = new ArrayList<>(METHOD);
    method.add(new SimulatorSpeed(stack, directory).sentence(options.plan(), fastest));
    return new Section(Part.COPY, method, tables, judgements);
  }

  private Map<String, UsageSamples> measure(long bytes) {
    SimulatedJob job = stack.doneJob(bytes, bytes);
    List<Way> ways = ways(bytes == options.plan().copySizes().get(0));
    try {
      ways.forEach(way -> warmUp(way, job));
      Map<String, UsageSamples> samples = new LinkedHashMap<>();
      Rounds.run(options.plan().rounds(), ways, way -> copy(way, job))
          .forEach((way, usages) -> samples.put(way.title(), new UsageSamples(usages)));
      return samples;
    } finally {
      ways.forEach(Way::close);
    }
  }

  private void warmUp(Way way, SimulatedJob job) {
    long copies = way instanceof CourierWay ? WARM_UP_BYTES / job.video().length() : 1;
    for (long i = 0; i < Math.max(1, copies); i++) {
      copy(way, job);
    }
  }

  private Usage copy(Way way, SimulatedJob job) {
    Usage usage = way.copy(job);
    stack.verifyAndDelete(job);
    return usage;
  }

  private List<Way> ways(boolean cold) {
    List<Way> ways = new ArrayList<>();
    for (Program program : programs) {
      Map<String, String> settings = stack.settings(program.heapSetting(options.heap()));
      ways.add(
          new CourierWay(title(program), RunningCourier.start(program.executable(), settings)));
      if (cold) {
        ways.add(
            new ColdCourierWay(
                title(program) + ", started for it", program.executable(), settings));
      }
    }
    ways.addAll(new ShellWays(stack, directory).all());
    return ways;
  }

  private String title(Program program) {
    return program.title(options.heap());
  }
}
