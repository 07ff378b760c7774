package io.soracourier.bench;

/** One cell of a table: text for people, and the number behind it for programs. */
sealed interface Cell {
  record Text(String text) implements Cell {}

  /** Shown as the median with the least and the most beside it. */
  record Measured(Samples samples, String unit) implements Cell {}

  /** A number that was calculated rather than measured. */
  record Calculated(double number, String unit) implements Cell {}

  record Ratio(double ratio) implements Cell {}

  /** Not measured, or not to be compared. */
  record Absent() implements Cell {}

  static Cell text(String text) {
    return new Text(text);
  }

  static Cell seconds(Samples samples) {
    return new Measured(samples, "s");
  }

  static Cell milliseconds(Samples samples) {
    return new Measured(samples, "ms");
  }

  static Cell mebibytes(Samples samples) {
    return new Measured(samples, "MiB");
  }

  /** Absent where there is nothing to compare with. */
  static Cell ratio(Samples figure, Samples reference) {
    return figure == null || reference == null || reference.median() == 0
        ? new Absent()
        : new Ratio(figure.ratioTo(reference));
  }
}
