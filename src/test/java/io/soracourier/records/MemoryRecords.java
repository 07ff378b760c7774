package io.soracourier.records;

import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.JobRecord.Failure;
import io.soracourier.records.JobRecord.Service;
import io.soracourier.storage.JobsConfig;
import io.soracourier.storage.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The records of a process that has just started, in rows that outlive it. */
public final class MemoryRecords {
  private final JobTable table;
  private final TimeLimits limits = new TimeLimits();

  public MemoryRecords(Rows rows) {
    this.table = new JobTable(rows);
  }

  public RecordSearch search() {
    return new RecordSearch(table);
  }

  public JobClaims claims() {
    return new JobClaims(table, new RecordTime(limits, new Config()));
  }

  /** A job's last look ends, or its only one. */
  public void ended(String jobId, Instant at, String reason) {
    looked(jobId, at, null, reason == null ? null : new Failure(reason, "a sentence"));
  }

  /** A look puts the job back. */
  public void waits(String jobId, Instant at, Instant nextLook) {
    looked(jobId, at, nextLook, null);
  }

  private void looked(String jobId, Instant at, Instant nextLook, Failure failure) {
    table.write(
        new News.Looked(
            jobId,
            new Chain("message-" + jobId, at),
            1,
            at,
            nextLook,
            new Service("completed", null, null),
            List.of(),
            failure,
            null,
            null,
            List.of()),
        Preparation.NONE);
  }

  private record Config() implements JobsConfig {
    @Override
    public Optional<String> table() {
      return Optional.of("jobs");
    }

    @Override
    public Duration timeout() {
      return Duration.ofMinutes(1);
    }

    @Override
    public Duration keep() {
      return Duration.ofDays(30);
    }
  }
}
