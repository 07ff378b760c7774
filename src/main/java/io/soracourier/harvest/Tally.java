package io.soracourier.harvest;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what a run finds and does. */
final class Tally {
  private final Instant began;
  private final Map<Judgement, Integer> counts = new EnumMap<>(Judgement.class);
  private int requests;
  private int listed;
  private int enqueued;
  private @Nullable Instant oldest;
  private @Nullable Instant expires;
  private @Nullable String problem;

  Tally(Instant began) {
    this.began = began;
  }

  void requested(int pages) {
    requests += pages;
  }

  /** A missing one counts as such until it is found or enqueued. */
  void listed(Candidate job, Judgement judgement) {
    listed++;
    judged(job, judgement);
  }

  private void judged(Candidate job, Judgement judgement) {
    counts.merge(judgement, 1, Integer::sum);
    if (judgement == Judgement.WAITING) {
      notStored(job);
    } else if (judgement == Judgement.ENDED) {
      mayBeLost(job);
    }
  }

  /** A missing one is not, as it turns out. */
  void found(Judgement judgement, Candidate job) {
    counts.merge(Judgement.MISSING, -1, Integer::sum);
    judged(job, judgement);
  }

  void enqueued(Candidate job) {
    counts.merge(Judgement.MISSING, -1, Integer::sum);
    enqueued++;
    notStored(job);
  }

  /** A missing one is not enqueued by this run. */
  void left(Candidate job) {
    notStored(job);
  }

  private void notStored(Candidate job) {
    oldest = earlier(oldest, job.created());
    mayBeLost(job);
  }

  /** A job that is finished has a video that may expire. */
  private void mayBeLost(Candidate job) {
    if (job.finished()) {
      expires = earlier(expires, job.expires());
    }
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || other != null && other.isBefore(one) ? other : one;
  }

  /** The first one counts: later ones follow from it, as a rule. */
  void problem(String sentence) {
    problem = problem == null ? sentence : problem;
  }

  boolean isEverythingDone() {
    return count(Judgement.MISSING) == 0;
  }

  private int count(Judgement judgement) {
    return counts.getOrDefault(judgement, 0);
  }

  HarvestSummary summary(Instant now, boolean complete) {
    return new HarvestSummary(
        began,
        Duration.between(began, now),
        requests,
        listed,
        count(Judgement.STORED),
        count(Judgement.WAITING),
        enqueued,
        count(Judgement.ENDED),
        count(Judgement.FAILED),
        count(Judgement.SKIPPED),
        count(Judgement.MISSING),
        oldest,
        expires,
        complete && problem == null && isEverythingDone(),
        problem);
  }
}
