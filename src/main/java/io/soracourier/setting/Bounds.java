package io.soracourier.setting;

import java.time.Duration;

/** Checks what a configuration mapping cannot express. */
public final class Bounds {
  private Bounds() {}

  /**
   * @throws InvalidSettingException when the value is outside
   */
  public static void check(String setting, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new InvalidSettingException(
          setting, "is %s; put a time from %s to %s there".formatted(value, least, most));
    }
  }

  /**
   * @throws InvalidSettingException when the value is outside
   */
  public static void check(String setting, long value, long least, long most) {
    if (value < least || value > most) {
      throw new InvalidSettingException(
          setting, "is %d; put a number from %d to %d there".formatted(value, least, most));
    }
  }
}
