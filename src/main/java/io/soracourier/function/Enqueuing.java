package io.soracourier.function;

import io.soracourier.courier.LogEvent;
import io.soracourier.courier.LogField;
import io.soracourier.courier.LookLog;
import io.soracourier.records.JobRecord;
import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.JobRecords;
import io.soracourier.records.News;
import io.soracourier.records.RecordSearch;
import io.soracourier.storage.JobQueue;
import io.soracourier.storage.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts jobs on the queue {@code sora-jobs} for a caller, and records that. */
@ApplicationScoped
public class Enqueuing {
  /** In one call, which may take some minutes at most. */
  public static final int MAX_JOBS = 200;

  private final JobQueue queue;
  private final JobRecords records;
  private final RecordSearch search;
  private final Clock clock;

  Enqueuing(JobQueue queue, JobRecords records, RecordSearch search, Clock clock) {
    this.queue = queue;
    this.records = records;
    this.search = search;
    this.clock = clock;
  }

  /** What came of one job of a call. */
  public sealed interface Result {
    /**
     * It is on the queue, since now or since before.
     *
     * @param record empty where none is kept or it could not be read
     */
    record Enqueued(String jobId, Optional<JobRecord> record) implements Result {}

    /**
     * It is not a job.
     *
     * @param text what was sent, its beginning
     * @param sentence what is wrong with it and what to send
     */
    record Invalid(String text, String sentence) implements Result {}

    /**
     * The queue did not take it.
     *
     * @param sentence the request to the queue and its response
     */
    record Refused(String jobId, String sentence) implements Result {}

    /**
     * A call takes no more.
     *
     * @param jobs how many were not read
     */
    record Surplus(long jobs) implements Result {}
  }

  /**
   * Enqueues what a body names: see the schema of the call. A job that waits already is not
   * enqueued again, unless it is overdue.
   *
   * @return one result for each job that it names, in their order; at least one
   */
  public List<Result> enqueue(byte[] body) {
    List<Result> results = new ArrayList<>();
    Map<String, Result> known = new HashMap<>();
    Submission.Body submitted = Submission.in(body, MAX_JOBS);
    Readable readable = new Readable();
    for (Submission submission : submitted.jobs()) {
      JobMessage job = submission.job();
      InvalidMessageException error = submission.error();
      if (job != null) {
        results.add(known.computeIfAbsent(job.jobId().value(), any -> enqueue(job, readable)));
      } else if (error != null) {
        results.add(new Result.Invalid(error.offending(), error.getMessage()));
      }
    }
    if (submitted.beyond() > 0) {
      results.add(new Result.Surplus(submitted.beyond()));
    }
    return results;
  }

  /**
   * Whether records can be read: one that cannot be read is reported once for the rest of a call.
   */
  private static final class Readable {
    private boolean failed;
  }

  private Result enqueue(JobMessage job, Readable readable) {
    String jobId = job.jobId().value();
    Optional<JobRecord> waiting = record(jobId, readable).filter(this::isWaiting);
    if (waiting.isPresent()) {
      return new Result.Enqueued(jobId, waiting);
    }
    Optional<String> messageId;
    try {
      messageId = queue.send(CopyVideo.JOBS, job.text(), Duration.ZERO);
    } catch (StorageException e) {
      return new Result.Refused(jobId, e.getMessage());
    }
    Instant now = clock.instant();
    records
        .write(
            new News.Enqueued(
                jobId, new Chain(messageId.orElse(null), now), now, job.sendableCorrelationId()))
        .ifPresent(
            why ->
                LookLog.of("call")
                    .with(LogField.JOB_ID, jobId)
                    .with(LogField.MESSAGE, why)
                    .write(LogEvent.NOT_RECORDED));
    return new Result.Enqueued(jobId, record(jobId, readable));
  }

  private boolean isWaiting(JobRecord record) {
    return !record.state().isOver() && !record.isOverdue(clock.instant());
  }

  /** Without one a job may be enqueued twice, which costs a look, and nothing else. */
  private Optional<JobRecord> record(String jobId, Readable readable) {
    try {
      return records.areKept() && !readable.failed ? search.find(jobId) : Optional.empty();
    } catch (StorageException e) {
      readable.failed = true;
      return Optional.empty();
    }
  }
}
