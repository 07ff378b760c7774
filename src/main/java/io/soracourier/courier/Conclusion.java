package io.soracourier.courier;

import io.soracourier.courier.Decision.Done;
import io.soracourier.courier.Decision.Later;
import io.soracourier.courier.JobJudge.Judgement;
import io.soracourier.courier.LookResult.LookAgain;
import io.soracourier.sora.JobId;
import io.soracourier.sora.VideoJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What follows from the verdicts of a look: outcomes, and when to look again.
 *
 * @param clock the service's
 */
record Conclusion(LookSchedule schedule, Deadline deadline, Clock clock) {
  /**
   * @param job as the service described it; empty where it did not
   */
  LookResult of(Judgement judgement, JobId id, Optional<VideoJob> job, LookLog log) {
    LookNote note = judgement.note();
    List<Outcome> outcomes = new ArrayList<>();
    List<Later> laters = new ArrayList<>();
    for (Decision verdict : judgement.verdicts()) {
      if (verdict instanceof Done done) {
        outcomes.add(done.outcome());
      } else if (verdict instanceof Later later) {
        laters.add(later);
      }
    }
    Optional<LookAgain> again = Optional.empty();
    if (!laters.isEmpty()) {
      Instant end = GoneJob.deadline(laters, deadline.of(id, job, note), note.firstLook());
      again = again(laters, note.plusReported(outcomes), end);
      if (again.isEmpty()) {
        String until = deadline.words(id, job, note);
        laters.forEach(later -> outcomes.add(later.ifNoTimeIsLeft().until(until)));
      }
    }
    outcomes.forEach(outcome -> logFailure(outcome, log));
    again.ifPresent(
        look ->
            log.with(LogField.DELAY_SECONDS, look.delay().toSeconds())
                .with(LogField.REASON, look.why())
                .write(LogEvent.LOOK_AGAIN));
    return new LookResult(outcomes, again, note.number(), note.firstLook(), job);
  }

  /** Where nothing but a slot is missing, the next look begins with that. */
  private Optional<LookAgain> again(List<Later> laters, LookNote note, Instant end) {
    Instant now = clock.instant();
    boolean forACopy = laters.stream().allMatch(later -> later.cause() == Waiting.COPY);
    LookNote next = note.withCopyTries(forACopy ? note.copyTries() + 1 : 0);
    Duration atLeast = laters.stream().map(Later::atLeast).max(Duration::compareTo).orElseThrow();
    Optional<Duration> delay =
        forACopy
            ? schedule.nextCopyAttempt(next.copyTries(), now, end)
            : schedule.next(note.number(), atLeast, now, end);
    Later first = laters.get(0);
    return delay.map(
        time -> new LookAgain(time, first.cause(), first.why(), first.message(), next));
  }

  private static void logFailure(Outcome outcome, LookLog log) {
    if (outcome instanceof Outcome.Failed failed) {
      log.with(LogField.GENERATION_ID, failed.generationId())
          .with(LogField.REASON, failed.reason().code())
          .with(LogField.MESSAGE, failed.message())
          .write(LogEvent.FAILED);
    }
  }
}
