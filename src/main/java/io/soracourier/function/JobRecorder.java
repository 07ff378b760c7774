package io.soracourier.function;

import io.soracourier.courier.CopyObserver;
import io.soracourier.courier.LogEvent;
import io.soracourier.courier.LogField;
import io.soracourier.courier.LookLog;
import io.soracourier.courier.LookResult;
import io.soracourier.pictures.Picture;
import io.soracourier.records.JobRecord;
import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.JobRecord.Copy;
import io.soracourier.records.JobRecord.Failure;
import io.soracourier.records.JobRecord.Service;
import io.soracourier.records.JobRecords;
import io.soracourier.records.News;
import io.soracourier.records.Preparation;
import io.soracourier.records.RecordState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Records what becomes of jobs, for people to read. It costs no job anything: an error in it is
 * logged, and that is all.
 */
@ApplicationScoped
class JobRecorder implements CopyObserver {
  private static final Logger LOG = Logger.getLogger(JobRecorder.class);

  /** How often the progress of a copy is recorded; the first time after as long. */
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final JobRecords records;
  private final Clock clock;
  private final Map<String, Look> running = new ConcurrentHashMap<>();

  JobRecorder(JobRecords records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /** A look that is being made. */
  static final class Look {
    private final Chain chain;
    private final int number;
    private final Preparation prepared;
    private Instant recorded;

    private Look(Chain chain, int number, Instant begin, Preparation prepared) {
      this.chain = chain;
      this.number = number;
      this.prepared = prepared;
      this.recorded = begin;
    }

    private synchronized boolean isDue(Instant now) {
      if (now.isBefore(recorded.plus(EVERY))) {
        return false;
      }
      recorded = now;
      return true;
    }
  }

  /**
   * A look begins: until it ends, the copies of the job are recorded as part of it.
   *
   * @param messageId the queue's id of the message
   */
  Look begin(JobMessage job, @Nullable String messageId) {
    Instant now = clock.instant();
    Instant first = job.look().firstBy(now);
    String id = job.jobId().value();
    int number = job.look().number() + 1;
    Preparation prepared = records.prepare(id, number, now);
    Look look = new Look(new Chain(messageId, first), number, now, prepared);
    running.put(id, look);
    return look;
  }

  /** Another look at the same job, by a second message, may have begun meanwhile. */
  void end(JobMessage job, Look look) {
    running.remove(job.jobId().value(), look);
  }

  @Override
  public void received(String jobId, String generationId, long bytes, long declared) {
    Look look = running.get(jobId);
    Instant now = clock.instant();
    if (look != null && look.isDue(now)) {
      Copy copy = new Copy(generationId, bytes, declared < 0 ? null : declared);
      harmlessly(
          jobId,
          () -> records.writeLater(new News.Copying(jobId, look.chain, look.number, now, copy)));
    }
  }

  private static void harmlessly(String id, Runnable record) {
    try {
      record.run();
    } catch (RuntimeException e) {
      LOG.errorf(e, "event=error jobId=%s", id);
    }
  }

  /**
   * A look has ended, and its job has been put back where it is to be.
   *
   * @param look as it began
   * @param pictures of its videos
   * @param outcomes the messages about it
   */
  void looked(
      Look look,
      JobMessage job,
      @Nullable String messageId,
      LookResult result,
      Map<String, List<Picture>> pictures,
      List<String> outcomes,
      LookLog log) {
    harmlessly(
        job.jobId().value(),
        () ->
            warn(
                records.write(
                    LookNews.of(job, messageId, result, pictures, outcomes, clock.instant()),
                    look.prepared),
                log));
  }

  /**
   * A message that is not a job. Without an id of its own it is not distinguishable from others.
   */
  void invalid(@Nullable String messageId, InvalidMessageException e, String outcome, LookLog log) {
    if (messageId == null) {
      return;
    }
    Instant now = clock.instant();
    JobRecord record =
        new JobRecord(
            null,
            RecordState.FAILED,
            1,
            new Chain(messageId, now),
            now,
            now,
            new Service(null, null, null),
            0,
            null,
            null,
            List.of(),
            new Failure("invalid-message", e.getMessage()),
            null,
            e.correlationId(),
            List.of(),
            List.of(outcome));
    harmlessly(messageId, () -> warn(records.writeInvalid(messageId, record), log));
  }

  private static void warn(Optional<String> why, LookLog log) {
    why.ifPresent(message -> log.with(LogField.MESSAGE, message).write(LogEvent.NOT_RECORDED));
  }
}
