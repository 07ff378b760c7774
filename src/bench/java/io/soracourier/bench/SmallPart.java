package io.soracourier.bench;

import io.soracourier.local.ThrowAwayCertificate;
import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Typical videos, copied one after the other, from and to services here and far away. */
final class SmallPart {
  /** Those that targets are for, and that are measured with TLS too. */
  private static final Set<Distance> JUDGED = EnumSet.of(Distance.HERE, Distance.FAR);

  private static final boolean[] PLAIN = {false};
  private static final boolean[] BOTH = {false, true};
  private static final int WARM_UP = 20;

  private static final List<String> METHOD =
      List.of(
          "Each round copies ten videos one after the other by every way in turn, or three where the line has a rate; the time is that of one, on average. A courier has one warm process, which keeps its connections as it does with a queue of jobs; the others are a process or two for each video. Each blob is read back, compared by length and MD5, and deleted.",
          "Distance is a relay before the simulator and one before each service of Azurite: bytes arrive 10 ms after they were sent, in either direction, and a connection takes a round trip to be opened. As on a network, a connection begins with ten segments of 1,448 bytes on their way, which become more by each that is acknowledged, and fewer again where it was idle for 200 ms; in the tables without slow start there is no such limit. TLS ends behind the relay, in the measuring program.",
          "At 100 Mbit/s each direction of each relay also has this rate, which all its connections share: the bytes of the next one wait until those before are sent. None are dropped, however many wait. This distance has no target, and is not measured with TLS.",
          "A copy of the courier has three requests more than the others: the look at the job, and two to the table of records, one of them beside the look.");

  private final BenchStack stack;
  private final List<Program> programs;
  private final BenchOptions options;
  private final Path directory;
  private final ThrowAwayCertificate certificate = ThrowAwayCertificate.temporary();

  SmallPart(BenchStack stack, List<Program> programs, BenchOptions options, Path directory) {
    this.stack = stack;
    this.programs = programs;
    this.options = options;
    this.directory = directory;
  }

  Section run() {
    List<Table> tables = new ArrayList<>();
    List<Judgement> judgements = new ArrayList<>();
    for (long bytes : options.plan().smallSizes()) {
      for (Distance distance : EnumSet.complementOf(EnumSet.of(Distance.SLOW))) {
        for (boolean tls : JUDGED.contains(distance) ? BOTH : PLAIN) {
          tables.add(table(bytes, distance, tls, judgements));
        }
      }
    }
    for (long bytes : options.plan().slowSizes()) {
      tables.add(table(bytes, Distance.SLOW, false, judgements));
    }
    return new Section(Part.SMALL, METHOD, tables, judgements);
  }

  private Table table(long bytes, Distance distance, boolean tls, List<Judgement> judgements) {
    String title = Numbers.bytes(bytes) + distance.words() + (tls ? ", TLS" : "");
    Progress.say("small " + title);
    Map<String, UsageSamples> ways = measure(bytes, distance, tls);
    programs.stream()
        .map(program -> program.title(options.heap()))
        .forEach(way -> judge(distance, title, way, ways, judgements));
    return new CopyTable(bytes, ways).table(title);
  }

  private static void judge(
      Distance distance,
      String title,
      String way,
      Map<String, UsageSamples> ways,
      List<Judgement> judgements) {
    if (JUDGED.contains(distance) && ways.containsKey(ShellWays.PIPE)) {
      judgements.add(
          new Judgement(
              distance == Distance.HERE ? Target.SMALL_HERE : Target.SMALL_FAR,
              way + ", " + title,
              ways.get(way).seconds().ratioTo(ways.get(ShellWays.PIPE).seconds())));
    }
  }

  private Map<String, UsageSamples> measure(long bytes, Distance distance, boolean tls) {
    List<Way> ways = new ArrayList<>();
    try (Passage passage = Passage.over(distance, tls ? certificate : null)) {
      for (Program program : programs) {
        ways.add(
            new CourierWay(
                program.title(options.heap()),
                RunningCourier.start(
                    program.executable(),
                    passage.machineOptions(),
                    stack.settings(program.heapSetting(options.heap()), passage))));
      }
      new ShellWays(stack, directory, passage)
          .all().stream().filter(way -> !way.title().equals(ShellWays.FILE)).forEach(ways::add);
      ways.forEach(way -> burst(way, bytes, way instanceof CourierWay ? WARM_UP : 1));
      Map<String, UsageSamples> samples = new LinkedHashMap<>();
      Plan plan = options.plan();
      int count = distance == Distance.SLOW ? plan.slowBurst() : plan.burst();
      Rounds.run(plan.rounds(), ways, way -> burst(way, bytes, count))
          .forEach((way, usages) -> samples.put(way.title(), new UsageSamples(usages)));
      return samples;
    } finally {
      ways.forEach(Way::close);
    }
  }

  /** What one of so many took, on average. */
  private Usage burst(Way way, long bytes, int count) {
    List<SimulatedJob> jobs = stack.doneJobs(count, bytes);
    List<Usage> usages = jobs.stream().map(way::copy).toList();
    jobs.forEach(stack::verifyAndDelete);
    return new Usage(
        usages.stream().mapToDouble(Usage::seconds).average().orElseThrow(),
        usages.stream().mapToDouble(Usage::processorSeconds).average().orElseThrow(),
        usages.stream().mapToLong(Usage::peakBytes).max().orElseThrow());
  }
}
