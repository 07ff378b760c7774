package io.soracourier.courier;

import static java.util.Objects.requireNonNull;

import io.soracourier.sora.JobState;
import io.soracourier.sora.ServiceClock;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The courier's own note on a job that it puts back: what it has to remember from look to look. A
 * note is never changed, so that a message that is delivered twice counts nothing twice.
 *
 * @param number looks at the job so far
 * @param first when the first one was; null before it
 * @param succeeded when the job was first seen succeeded; null before
 * @param until when its content expires, by its latest response; null where none had it
 * @param seen whether the service has known the job at some look
 * @param missing looks in a row to which the service did not know the job
 * @param unlisted looks in a row at a job that has succeeded but lists no video
 * @param announced the videos that it has listed so far
 * @param api that has given the job; null before, and where that was not noted
 * @param copyTries in a row that found no slot for its copy; 0 where it waits for anything else
 */
public record LookNote(
    int number,
    @Nullable Instant first,
    @Nullable Instant succeeded,
    @Nullable Instant until,
    boolean seen,
    @Nullable Misses missing,
    @Nullable Misses unlisted,
    Announced announced,
    @Nullable VideoApi api,
    int copyTries) {
  /**
   * Looks are not counted beyond: a job is looked at for some days at most, and not every second.
   */
  public static final int MAX_LOOKS = 1_000_000;

  /** Before the first look. */
  public static final LookNote NONE =
      new LookNote(0, null, null, null, false, null, null, Announced.NONE, null, 0);

  /** No service is believed to keep a job longer than this, while it does not return it. */
  private static final Duration MAX_LIFETIME = Duration.ofDays(30);

  public LookNote {
    number = Math.min(number, MAX_LOOKS);
    copyTries = Math.min(copyTries, MAX_LOOKS);
  }

  /** The note during a look that begins now. */
  LookNote begin(Instant now) {
    return at(now, number + 1);
  }

  /** The note of a job that is not looked at now, because there is no slot for its copy. */
  LookNote notLooked(Instant now) {
    return at(now, number);
  }

  /**
   * When the first look was: the same at each look, so that they are known to be of one chain. It
   * is now where none was, or where the note can only be wrong: that look may have gone by the
   * clock of a service, which this one may not know yet.
   */
  public Instant firstBy(Instant now) {
    return first == null || first.isAfter(now.plus(ServiceClock.MAX_DIFFERENCE)) ? now : first;
  }

  /** Other times that it puts later than now are taken for now. */
  private LookNote at(Instant now, int look) {
    Instant start = firstBy(now);
    Instant latest = start.plus(MAX_LIFETIME);
    return new LookNote(
        look,
        start,
        succeeded != null && succeeded.isAfter(now) ? now : succeeded,
        until == null || until.isBefore(Instant.EPOCH)
            ? null
            : until.isAfter(latest) ? latest : until,
        isSeen(),
        Misses.believable(missing, number, start, now),
        Misses.believable(unlisted, number, start, now),
        new Announced(
            announced.count(),
            announced.awaited().stream()
                .map(
                    video ->
                        new Announced.Awaited(
                            video.id(),
                            video.number(),
                            Misses.believable(video.misses(), number, start, now)))
                .toList(),
            announced.reported()),
        api,
        copyTries);
  }

  /** The service returned the job, so that it is not missing. */
  LookNote saw(VideoJob job, Deadline deadline, Instant now) {
    return new LookNote(
        number,
        first,
        succeeded == null && job.state() == JobState.SUCCEEDED ? now : succeeded,
        deadline.ofResponse(job, until, now).orElse(null),
        true,
        null,
        unlisted,
        announced,
        job.api(),
        copyTries);
  }

  /** When the first look was, in the note of a look. */
  public Instant firstLook() {
    return requireNonNull(first, "a look has begun");
  }

  /** Earlier versions noted only the service's own value. */
  boolean isSeen() {
    return seen || succeeded != null || until != null || announced.count() > 0;
  }

  LookNote withMissing(@Nullable Misses misses) {
    return new LookNote(
        number, first, succeeded, until, seen, misses, unlisted, announced, api, copyTries);
  }

  LookNote withUnlisted(@Nullable Misses misses) {
    return new LookNote(
        number, first, succeeded, until, seen, missing, misses, announced, api, copyTries);
  }

  LookNote with(Announced videos) {
    return new LookNote(
        number, first, succeeded, until, seen, missing, unlisted, videos, api, copyTries);
  }

  LookNote plusReported(List<Outcome> outcomes) {
    return with(announced.plusReported(outcomes));
  }

  LookNote withCopyTries(int attempts) {
    return new LookNote(
        number, first, succeeded, until, seen, missing, unlisted, announced, api, attempts);
  }
}
