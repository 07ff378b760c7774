package io.soracourier.bench;

import java.util.function.DoublePredicate;

/**
 * What the courier is to achieve. A figure that misses its target stays in the report as a miss.
 */
public enum Target {
  COPY_TO_RCLONE(
      "time of a copy of 256 MiB and 1 GiB, to `rclone copyurl`", Bound.AT_MOST, 1.0, "×"),
  COPY_TO_CURL("time of a copy of 256 MiB and 1 GiB, to `curl \\| curl`", Bound.AT_MOST, 1.3, "×"),
  COPY_MEMORY(
      "peak resident memory of the native courier during such a copy, to rclone's",
      Bound.AT_MOST,
      0.6,
      "×"),
  SMALL_HERE("time of a copy of 1 and 5 MiB, to `curl \\| curl`", Bound.AT_MOST, 1.15, "×"),
  SMALL_FAR("the same, 20 ms away", Bound.AT_MOST, 0.8, "×"),
  THROUGHPUT("videos of 5 MiB a second, to `rclone copyurl`", Bound.AT_LEAST, 1.0, "×"),
  START_TIME("native, process start to first response", Bound.BELOW, 60, "ms"),
  START_MEMORY("native, resident memory after the first response", Bound.BELOW, 64, "MiB"),
  LOOK_PROCESSOR("processor time of a look", Bound.BELOW, 3, "ms"),
  WAITING_COST("billed time of waiting, held open to courier", Bound.AT_LEAST, 50, "×"),
  MEMORY_FLAT("peak resident memory, most to least, from 50 MiB to 4 GiB", Bound.AT_MOST, 1.1, "×"),
  CONSOLE_CALL("the console's call for its list, with 1,000 jobs", Bound.BELOW, 300, "ms"),
  CONSOLE_TASK("longest task in the console's page, with 1,000 jobs", Bound.AT_MOST, 100, "ms");

  private enum Bound {
    AT_MOST("at most"),
    BELOW("less than"),
    AT_LEAST("at least");

    private final String words;

    Bound(String words) {
      this.words = words;
    }

    boolean holds(double figure, double limit) {
      DoublePredicate test =
          switch (this) {
            case AT_MOST -> value -> value <= limit;
            case BELOW -> value -> value < limit;
            case AT_LEAST -> value -> value >= limit;
          };
      return test.test(figure);
    }
  }

  private final String what;
  private final Bound bound;
  private final double limit;
  private final String unit;

  Target(String what, Bound bound, double limit, String unit) {
    this.what = what;
    this.bound = bound;
    this.limit = limit;
    this.unit = unit;
  }

  /** What is judged, as Markdown. */
  public String what() {
    return what;
  }

  /** For example {@code at most 1.3 ×}. */
  public String limit() {
    String number = limit == Math.rint(limit) && limit > 1 ? "" + (long) limit : "" + limit;
    return bound.words + " " + number + " " + unit;
  }

  String unit() {
    return unit;
  }

  boolean isHitBy(double figure) {
    return bound.holds(figure, limit);
  }
}
