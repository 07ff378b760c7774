package io.soracourier.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the copies of one size took, by the title of the way. */
record CopyTable(long bytes, Map<String, UsageSamples> ways) {
  private static final long SMALLEST_JUDGED = 256L << 20;

  Table table() {
    return table(Numbers.bytes(bytes));
  }

  Table table(String title) {
    List<List<Cell>> rows = new ArrayList<>();
    ways.forEach(
        (way, usages) ->
            rows.add(
                List.of(
                    Cell.text(way),
                    Cell.ratio(usages.seconds(), secondsOf(ShellWays.PIPE)),
                    Cell.ratio(usages.seconds(), secondsOf(ShellWays.RCLONE)),
                    Cell.seconds(usages.seconds()),
                    Cell.seconds(usages.processorSeconds()),
                    usages.peakMebibytes().most() == 0
                        ? new Cell.Absent()
                        : Cell.mebibytes(usages.peakMebibytes()))));
    return new Table(
        title,
        List.of(
            "way",
            "time to " + ShellWays.PIPE,
            "time to " + ShellWays.RCLONE,
            "time",
            "processor",
            "peak resident memory"),
        rows);
  }

  /** In MiB/s, of all ways. */
  double fastest() {
    return ways.values().stream()
        .mapToDouble(usages -> Numbers.mebibytes(bytes) / usages.seconds().median())
        .max()
        .orElseThrow();
  }

  private Samples secondsOf(String way) {
    return ways.containsKey(way) ? ways.get(way).seconds() : null;
  }

  /** Of a courier; none for small videos, nor where there is nothing to compare with. */
  List<Judgement> judgements(Program program, String title) {
    List<Judgement> judgements = new ArrayList<>();
    UsageSamples courier = ways.get(title);
    if (bytes < SMALLEST_JUDGED) {
      return judgements;
    }
    String of = title + ", " + Numbers.bytes(bytes);
    UsageSamples rclone = ways.get(ShellWays.RCLONE);
    if (rclone != null) {
      judgements.add(
          new Judgement(Target.COPY_TO_RCLONE, of, courier.seconds().ratioTo(rclone.seconds())));
    }
    if (ways.containsKey(ShellWays.PIPE)) {
      judgements.add(
          new Judgement(
              Target.COPY_TO_CURL, of, courier.seconds().ratioTo(secondsOf(ShellWays.PIPE))));
    }
    if (rclone != null && program.isNative() && rclone.peakMebibytes().median() > 0) {
      judgements.add(
          new Judgement(
              Target.COPY_MEMORY, of, courier.peakMebibytes().ratioTo(rclone.peakMebibytes())));
    }
    return judgements;
  }
}
