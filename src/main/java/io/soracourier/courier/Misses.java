package io.soracourier.courier;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks in a row that got a response, but did not find something: a job, the list of its videos, or
 * the content of one of them. A look without a response does not count and ends nothing; one that
 * finds it ends the row.
 *
 * @param since when the first of them was
 * @param looks how many there were
 */
public record Misses(Instant since, int looks) {
  /** Fewer can be one restart of a server, or one replica that does not know the job. */
  static final int MIN_LOOKS = 3;

  public Misses {
    looks = Math.min(looks, LookNote.MAX_LOOKS);
  }

  /**
   * @param earlier those before
   * @return with one more, now
   */
  static Misses next(@Nullable Misses earlier, Instant now) {
    return earlier == null ? new Misses(now, 1) : new Misses(earlier.since, earlier.looks + 1);
  }

  /**
   * What a note can say of them: nothing where they are more than there were looks. What began
   * later than now, as by the clock of another server, began now.
   *
   * @param misses as noted
   */
  static @Nullable Misses believable(
      @Nullable Misses misses, int looks, Instant first, Instant now) {
    if (misses == null || misses.looks < 1 || misses.looks > looks) {
      return null;
    }
    Instant earliest = first.isAfter(now) ? Instant.EPOCH : first;
    Instant since = misses.since.isBefore(earliest) ? earliest : misses.since;
    return new Misses(since.isAfter(now) ? now : since, misses.looks);
  }

  /** Whether they have gone on for so long, and in so many looks, that they are no delay. */
  boolean outlast(Duration grace, Instant now) {
    return looks >= MIN_LOOKS && Duration.between(since, now).compareTo(grace) >= 0;
  }

  /** For the end of a message. */
  String words() {
    return "this has been so since %s, in %s"
        .formatted(
            since.truncatedTo(ChronoUnit.SECONDS),
            looks == 1 ? "one look" : looks + " looks in a row");
  }
}
