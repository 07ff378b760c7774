package io.soracourier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of a process as {@code /proc/<pid>/stat} tells it, of all its threads, those that
 * have ended included.
 *
 * @param own user and system time, in seconds
 * @param children the same of the children that it has waited for
 */
record ProcStat(double own, double children) {
  /** USER_HZ, which Linux shows to programs as 100 whatever its own clock. */
  private static final double TICKS_PER_SECOND = 100;

  // Counted from what follows the name, which may itself hold blanks and parentheses.
  private static final int USER_TIME = 11;

  static ProcStat of(long pid) {
    Path file = Path.of("/proc/" + pid + "/stat");
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new BenchException("cannot read " + file, e);
    }
  }

  static ProcStat parse(String line) {
    String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
    return new ProcStat(
        (ticks(fields, USER_TIME) + ticks(fields, USER_TIME + 1)) / TICKS_PER_SECOND,
        (ticks(fields, USER_TIME + 2) + ticks(fields, USER_TIME + 3)) / TICKS_PER_SECOND);
  }

  private static long ticks(String[] fields, int index) {
    return Long.parseLong(fields[index]);
  }
}
