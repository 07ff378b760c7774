package io.soracourier.harvest;

import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.ListedJob;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listed job that may be missing.
 *
 * @param created null where the server does not say
 * @param expires null where it is not known
 */
record Candidate(
    JobId id,
    boolean finished,
    @Nullable Instant created,
    @Nullable Instant expires,
    List<String> videos) {
  private static final Comparator<@Nullable Instant> KNOWN_FIRST =
      Comparator.nullsLast(Comparator.naturalOrder());

  /** What expires first; of what does not, the oldest. */
  static final Comparator<Candidate> BY_URGENCY =
      Comparator.comparing(Candidate::expires, KNOWN_FIRST)
          .thenComparing(Candidate::created, KNOWN_FIRST);

  static Candidate of(ListedJob job, @Nullable Instant expires) {
    return new Candidate(
        job.id(),
        job.state() == JobState.SUCCEEDED,
        job.times().created().orElse(null),
        expires,
        job.videos());
  }
}
