package io.soracourier.records;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.soracourier.storage.Rows;
import io.soracourier.storage.StorageException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * What has become of jobs, for people to read. Delivery never depends on it: what cannot be written
 * is left out, after {@code courier.jobs.timeout} at the latest.
 */
@ApplicationScoped
public class JobRecords {
  /** One may be busy with old records for long. */
  private static final int THREADS = 2;

  private static final Duration CLEANED_EVERY = Duration.ofHours(1);

  private final JobTable table;
  private final OldRecords old;
  private final Rows rows;
  private final RecordTime time;
  private final Preparations preparations;
  private final Clock clock;
  private final Unwritten unwritten = new Unwritten();
  private final ScheduledExecutorService background =
      Executors.newScheduledThreadPool(THREADS, new DefaultThreadFactory("job-records", true));
  private final Set<String> writing = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final Warning warning;

  /** The latest attempt was written: only then is something requested that may be in vain. */
  private volatile boolean works = true;

  private volatile Instant cleaned = Instant.MIN;

  JobRecords(
      JobTable table,
      OldRecords old,
      Rows rows,
      RecordTime time,
      Preparations preparations,
      Clock clock) {
    this.table = table;
    this.old = old;
    this.rows = rows;
    this.time = time;
    this.preparations = preparations;
    this.clock = clock;
    this.warning = new Warning(clock);
  }

  @PreDestroy
  void close() {
    background.shutdownNow();
  }

  /** Whether records are kept at all. */
  public boolean areKept() {
    return rows.available();
  }

  /**
   * Begins to request what writing news of a job will need, beside the look that the news is about.
   * Returns immediately.
   *
   * @param look its number
   * @param at when it begins
   */
  public Preparation prepare(String id, int look, Instant at) {
    return areKept() && works ? preparations.begin(id, look, at) : Preparation.NONE;
  }

  /** The same as {@link #write(News, Preparation)} of what was not prepared. */
  public Optional<String> write(News news) {
    return write(news, Preparation.NONE);
  }

  /**
   * Records news of a job. What cannot be recorded now is recorded when the table is there again,
   * unless there is newer news then, or too much of it.
   *
   * @param prepared as the look began
   * @return why the latest could not be recorded, at most once a minute
   */
  public Optional<String> write(News news, Preparation prepared) {
    if (attempt(() -> table.write(news, prepared))) {
      unwritten.drop(news);
      cleanNowAndThen();
    } else if (areKept()) {
      if (unwritten.add(news)) {
        warning.about(Unwritten.DROPPED);
      }
      writeUnwrittenLater();
    }
    return warning.due();
  }

  /**
   * Records news of a job at some later moment, and returns immediately. While earlier news of the
   * same job is still being written it is dropped: there will be more.
   */
  public void writeLater(News news) {
    if (areKept() && writing.add(news.id())) {
      background.execute(
          () -> {
            try {
              attempt(() -> table.write(news, Preparation.NONE));
            } finally {
              writing.remove(news.id());
            }
          });
    }
  }

  private void writeUnwrittenLater() {
    if (waiting.compareAndSet(false, true)) {
      background.schedule(
          this::writeUnwritten, RecordPolicies.PAUSE.toSeconds() + 1, TimeUnit.SECONDS);
    }
  }

  private void writeUnwritten() {
    waiting.set(false);
    for (Optional<News> news = unwritten.first(); news.isPresent(); news = unwritten.first()) {
      News latest = news.get();
      if (!attempt(() -> table.write(latest, Preparation.NONE))) {
        writeUnwrittenLater();
        return;
      }
      unwritten.drop(latest);
    }
  }

  private void cleanNowAndThen() {
    Instant now = clock.instant();
    if (now.isAfter(cleaned.plus(CLEANED_EVERY))) {
      cleaned = now;
      background.execute(this::clean);
    }
  }

  /**
   * Records a message that is not a job.
   *
   * @param messageId the queue's id of it
   * @return as {@link #write}
   */
  public Optional<String> writeInvalid(String messageId, JobRecord record) {
    attempt(() -> table.writeInvalid(messageId, record));
    return warning.due();
  }

  /** Whether that was done, or never will be. */
  private boolean attempt(Runnable write) {
    if (!areKept()) {
      return true;
    }
    boolean written = false;
    try {
      time.bound(write);
      written = true;
      return true;
    } catch (CircuitBreakerOpenException pausing) {
      return false; // Logged when that began.
    } catch (RuntimeException e) {
      warning.about(e instanceof StorageException known ? known.getMessage() : e.toString());
      return RecordPolicies.isOfTheRecord(e);
    } finally {
      works = written;
    }
  }

  private void clean() {
    try {
      old.remove();
    } catch (StorageException e) {
      warning.about("old records could not be removed: " + e.getMessage());
    }
  }
}
