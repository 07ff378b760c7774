package io.soracourier.bench;

import java.util.Locale;

/** Numbers as a person compares them: three digits that count. */
final class Numbers {
  private Numbers() {}

  static String text(double number) {
    double size = Math.abs(number);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, number);
  }

  /** A count, or what is large enough to be read as one. */
  static String whole(double number) {
    return number >= 100 || number == Math.rint(number)
        ? String.format(Locale.ROOT, "%,.0f", number)
        : text(number);
  }

  static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio >= 100 ? "%,.0f ×" : "%.2f ×", ratio);
  }

  /** A size in the largest binary unit that divides it. */
  static String bytes(long bytes) {
    return bytes % (1L << 30) == 0 ? (bytes >> 30) + " GiB" : (bytes >> 20) + " MiB";
  }

  static double mebibytes(long bytes) {
    return bytes / 1048576.0;
  }
}
