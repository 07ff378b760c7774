package io.soracourier.browser;

import java.util.Locale;

/** What the reader prefers. */
public enum ColorScheme {
  LIGHT,
  DARK;

  /** As in {@code prefers-color-scheme}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
