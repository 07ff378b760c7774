package io.soracourier.records;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a job is, as people read it. */
public enum RecordState {
  /** Will be checked, now or later. */
  WAITING,
  /** A video is being copied. */
  COPYING,
  /** Each of its videos is stored. */
  COPIED,
  /** It is over, and a video is missing. */
  FAILED;

  /** As it is in the table and in responses. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more is done, unless the job is enqueued again. */
  public boolean isOver() {
    return this == COPIED || this == FAILED;
  }

  /** Empty for any other text, or none. */
  public static Optional<RecordState> of(@Nullable String code) {
    return Arrays.stream(values()).filter(state -> state.code().equals(code)).findFirst();
  }
}
