package io.soracourier.bench;

/**
 * What Flex Consumption bills of one instance: a period in which it runs anything counts for a
 * second at least, and beyond that by tenths begun. What begins before the billed end of a period
 * belongs to it, since no moment of an instance is billed twice.
 */
final class ActivityMeter {
  private static final double LEAST_SECONDS = 1;
  private static final double STEPS_A_SECOND = 10;

  /** Tenths of a second are no binary fractions. */
  private static final double ROUNDING = 1e-9;

  private double billed;
  private double start = Double.NaN;
  private double end;

  /**
   * Something ran.
   *
   * @param from in seconds, not before that of the call before
   * @param to not before {@code from}
   */
  void ran(double from, double to) {
    if (Double.isNaN(start)) {
      start = from;
      end = to;
    } else if (from <= start + billedOf(end - start)) {
      end = Math.max(end, to);
    } else {
      billed += billedOf(end - start);
      start = from;
      end = to;
    }
  }

  double billedSeconds() {
    return Double.isNaN(start) ? 0 : billed + billedOf(end - start);
  }

  static double billedOf(double seconds) {
    return Math.max(LEAST_SECONDS, Math.ceil(seconds * STEPS_A_SECOND - ROUNDING) / STEPS_A_SECOND);
  }
}
