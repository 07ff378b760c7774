package io.soracourier.bench;

import static io.soracourier.bench.Shell.quoted;

import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How fast the simulator sends when nobody stores what it sends: were it slow, the benchmark would
 * measure it and nothing else.
 */
record SimulatorSpeed(BenchStack stack, Path directory) {
  /**
   * @param fastest in MiB/s, of all ways of copying
   */
  String sentence(Plan plan, double fastest) {
    if (Tools.curl().isEmpty()) {
      return "How fast the simulator sends was not measured: there is no curl.";
    }
    long bytes = plan.copySizes().get(plan.copySizes().size() - 1);
    SimulatedJob job = stack.doneJob(bytes, bytes);
    Shell shell = new Shell(directory, Map.of());
    String line = "curl -sSf -o /dev/null " + quoted(stack.contentUri(job));
    shell.run(line);
    List<Double> speeds =
        Rounds.run(plan.rounds(), List.of(line), shell::run).get(line).stream()
            .map(usage -> Numbers.mebibytes(bytes) / usage.seconds())
            .toList();
    Samples speed = new Samples(speeds);
    return "The simulator sends %s MiB/s (%s–%s) when nobody stores it (curl of %s to /dev/null); the fastest way of copying that reached %s MiB/s."
        .formatted(
            Numbers.text(speed.median()),
            Numbers.text(speed.least()),
            Numbers.text(speed.most()),
            Numbers.bytes(bytes),
            Numbers.text(fastest));
  }
}
