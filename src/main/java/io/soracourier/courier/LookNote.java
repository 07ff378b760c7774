package io.soracourier.courier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The courier's own note on a job that it puts back: what it has to remember from look to look.
 *
 * @param number looks at the job so far
 * @param first when the first one was; null before it
 * @param succeeded when the job was first seen succeeded; null before
 * @param reported generations whose outcome has been reported
 */
public record LookNote(int number, Instant first, Instant succeeded, List<String> reported) {
  /** Before the first look. */
  public static final LookNote NONE = new LookNote(0, null, null, List.of());

  public LookNote {
    reported = List.copyOf(reported);
  }

  /** The note during a look that begins now. */
  LookNote begin(Instant now) {
    Instant success = succeeded != null && succeeded.isAfter(now) ? now : succeeded;
    return new LookNote(
        number + 1, first == null || first.isAfter(now) ? now : first, success, reported);
  }

  LookNote sawSuccess(Instant now) {
    return succeeded != null ? this : new LookNote(number, first, now, reported);
  }

  LookNote plusReported(List<Outcome> outcomes) {
    List<String> all = new ArrayList<>(reported);
    outcomes.stream().map(Outcome::generationId).filter(Objects::nonNull).forEach(all::add);
    return new LookNote(number, first, succeeded, all);
  }
}
