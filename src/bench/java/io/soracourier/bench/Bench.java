package io.soracourier.bench;

import io.soracourier.local.LocalStackException;
import io.soracourier.local.ProjectDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What {@code mvn -Pbench} runs once the function app is built: measures the courier beside other
 * programs on the local stack, and writes {@code target/benchmark.md}, {@code .json}, and of the
 * copies {@code .svg}.
 *
 * <p>Exits with 0 when everything that was asked for was measured, hit or miss, else with 1.
 */
public final class Bench {
  private static final Path TARGET = ProjectDirectory.path().resolve("target");

  private final BenchOptions options;
  private final List<Program> programs;
  private final Map<String, String> notRun = new LinkedHashMap<>();
  private final List<Section> sections = new ArrayList<>();
  private boolean failed;

  private Bench(BenchOptions options) {
    this.options = options;
    this.programs = Program.find(options);
  }

  public static void main(String[] args) {
    try {
      System.exit(new Bench(BenchOptions.of(System.getProperties())).run() ? 0 : 1);
    } catch (BenchException | LocalStackException | UncheckedIOException e) {
      System.err.println("The benchmark failed: " + e.getMessage());
      System.exit(1);
    }
  }

  private boolean run() {
    Path directory = create(TARGET.resolve("bench"));
    Path storage = options.storage().orElseGet(() -> StorageSpace.choose(TARGET, largestVideo()));
    String where = storage.startsWith("/dev/shm") ? "its files in memory" : "its files on disk";
    Map<String, String> facts = Facts.gather(options, programs, where);
    missing();
    try (BenchStack stack = BenchStack.start(storage)) {
      measure(stack, directory);
    }
    return write(new Report(options.quick(), facts, notRun, sections));
  }

  private long largestVideo() {
    return options.plan().memorySizes().stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  private void measure(BenchStack stack, Path directory) {
    Map<Program, Double> lookCosts = new LinkedHashMap<>();
    part(Part.COPY, () -> new CopyPart(stack, programs, options, directory).run());
    part(Part.SMALL, () -> new SmallPart(stack, programs, options, directory).run());
    part(Part.THROUGHPUT, () -> new ThroughputPart(stack, programs, options, directory).run());
    part(Part.START, () -> new StartPart(stack, programs, options, directory).run());
    part(
        Part.LOOK,
        () -> {
          LookPart.Found found = new LookPart(stack, programs, options).run();
          lookCosts.putAll(found.processorSeconds());
          return found.section();
        });
    part(Part.WAITING, () -> WaitingPart.run(lookCosts, options.heap()));
    part(Part.MEMORY, () -> new MemoryPart(stack, programs, options).run());
    part(Part.CONSOLE, () -> new ConsolePart(stack, programs, options, directory).run());
  }

  /** A part that fails leaves the others their figures. */
  private void part(Part part, Supplier<Section> measurement) {
    if (!options.parts().contains(part)) {
      notRun.put(part.title(), "not asked for");
      return;
    }
    try {
      sections.add(measurement.get());
    } catch (RuntimeException e) {
      failed = true;
      notRun.put(part.title(), "it failed, see the output of the run");
      e.printStackTrace();
    }
  }

  private void missing() {
    Set<Program.Kind> kinds = Set.copyOf(programs.stream().map(Program::kind).toList());
    if (!kinds.contains(Program.Kind.NATIVE)) {
      notRun.put("courier, native", "it was not built; -Dbench.native names one");
    }
    if (!kinds.contains(Program.Kind.JVM)) {
      notRun.put("courier, JVM", "the native one is packaged; -Dbench.jvm names a launcher");
    }
    if (Tools.curl().isEmpty()) {
      notRun.put(ShellWays.PIPE + ", " + ShellWays.FILE, "there is no curl");
    }
    if (Tools.rclone().isEmpty()) {
      notRun.put(ShellWays.RCLONE, "there is no rclone");
    }
    if (Tools.compiler().isEmpty()) {
      notRun.put("floor of the start", "there is no C compiler (cc)");
    }
  }

  private boolean write(Report report) {
    String markdown = new MarkdownReport(report).text();
    try {
      Files.writeString(TARGET.resolve("benchmark.md"), markdown);
      Files.writeString(TARGET.resolve("benchmark.json"), new JsonReport(report).text());
      for (Section section : sections) {
        if (section.part() == Part.COPY) {
          Files.writeString(TARGET.resolve("benchmark.svg"), new CopyPlot(section.tables()).svg());
        }
      }
    } catch (IOException e) {
      throw new BenchException("cannot write the report below " + TARGET, e);
    }
    System.out.println();
    System.out.println(markdown);
    Progress.say("written to target/benchmark.md and target/benchmark.json");
    return !failed;
  }

  private static Path create(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new BenchException("cannot create " + directory, e);
    }
  }
}
