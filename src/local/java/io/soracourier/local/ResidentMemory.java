package io.soracourier.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Resident memory of a process as Linux tells it, in bytes.
 *
 * @param peak the most it ever was ({@code VmHWM})
 * @param now {@code VmRSS}
 */
public record ResidentMemory(long peak, long now) {

  /** Reads {@code /proc/<pid>/status}; only on Linux, and while the process lives. */
  public static ResidentMemory of(long pid) {
    Path status = Path.of("/proc/" + pid + "/status");
    try {
      long peak = 0;
      long now = 0;
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          peak = bytes(line);
        } else if (line.startsWith("VmRSS:")) {
          now = bytes(line);
        }
      }
      return new ResidentMemory(peak, now);
    } catch (IOException e) {
      throw new LocalStackException("cannot read " + status, e);
    }
  }

  private static long bytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }
}
