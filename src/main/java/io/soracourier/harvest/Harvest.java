package io.soracourier.harvest;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.soracourier.courier.LogEvent;
import io.soracourier.courier.LogField;
import io.soracourier.courier.LookLog;
import io.soracourier.harvest.HarvestRun.Parts;
import io.soracourier.harvest.HarvestRun.Report;
import io.soracourier.lifecycle.Shutdown;
import io.soracourier.records.JobClaims;
import io.soracourier.records.RecordSearch;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.SoraClient;
import io.soracourier.sora.SoraConfig;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoApis;
import io.soracourier.storage.Rows;
import io.soracourier.storage.VideoStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues the server's jobs that nobody has enqueued. One run at a time: in a process, and, as far
 * by the table of records, in all of them.
 */
@ApplicationScoped
public class Harvest {
  private static final Logger LOG = Logger.getLogger(Harvest.class);
  private static final double SECONDS_OF_AN_HOUR = 3600;

  private final HarvestConfig config;
  private final List<VideoApi> apis;
  private final HarvestRows rows;
  private final Parts parts;
  private final Clock clock;
  private final AtomicBoolean running = new AtomicBoolean();
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(new DefaultThreadFactory("harvest", true));

  Harvest(
      HarvestConfig config,
      SoraClient server,
      SoraConfig sora,
      RecordSearch records,
      JobClaims claims,
      VideoStore videos,
      HarvestQueue queue,
      Rows rows,
      Endpoint endpoint,
      Shutdown shutdown,
      Clock clock) {
    this.config = config;
    this.apis = VideoApis.named(sora.api()).map(List::of).orElse(VideoApis.ALL);
    this.rows = new HarvestRows(rows, endpoint.base().toString());
    this.parts =
        new Parts(
            server::page,
            records,
            claims,
            videos,
            queue,
            this.rows,
            new Remembered(),
            endpoint,
            HarvestFilter.of(config),
            clock,
            shutdown::hasBegun);
    this.clock = clock;
  }

  @PreDestroy
  void close() {
    background.shutdownNow();
  }

  /** Whether the setting {@code courier.harvest.enabled} is on. */
  public boolean isEnabled() {
    return config.enabled();
  }

  /**
   * Makes a run, which takes four minutes at most as a rule, and logs what came of it.
   *
   * @param invocationId under which it is logged
   * @return empty where the harvest is off, or another run has begun and not ended
   */
  public Optional<HarvestSummary> run(String invocationId) {
    if (!isEnabled() || !running.compareAndSet(false, true)) {
      return Optional.empty();
    }
    try {
      return made(invocationId);
    } finally {
      running.set(false);
    }
  }

  /**
   * Begins a run in the background, unless the harvest is off or a run of this process is in
   * progress.
   */
  public void start(String invocationId) {
    if (!isEnabled() || !running.compareAndSet(false, true)) {
      return;
    }
    parts.remembered().forgetMissingLists();
    try {
      background.execute(
          () -> {
            try {
              made(invocationId);
            } catch (RuntimeException e) {
              LOG.errorf(e, "event=error invocationId=%s", invocationId);
            } finally {
              running.set(false);
            }
          });
    } catch (RuntimeException ending) {
      running.set(false);
      throw ending;
    }
  }

  /**
   * What is known of runs, of any process.
   *
   * @param running whether one is in progress
   * @param runs the last ones, newest first
   */
  public record Latest(boolean running, List<HarvestSummary> runs) {}

  /**
   * @throws io.soracourier.storage.StorageException when that cannot be read
   */
  public Latest latest() {
    boolean elsewhere = rows.runningUntil(clock.instant()).isPresent();
    return new Latest(running.get() || elsewhere, rows.runs());
  }

  private Optional<HarvestSummary> made(String invocationId) {
    Optional<Report> report = new HarvestRun(parts).run(apis);
    report.ifPresent(run -> log(run, LookLog.of(invocationId)));
    return report.map(Report::summary);
  }

  private void log(Report report, LookLog log) {
    HarvestSummary run = report.summary();
    log.with(LogField.LIST_REQUESTS, run.requests())
        .with(LogField.LISTED_JOBS, run.listed())
        .with(LogField.STORED_JOBS, run.stored())
        .with(LogField.WAITING_JOBS, run.waiting())
        .with(LogField.ENQUEUED_JOBS, run.enqueued())
        .with(LogField.ENDED_JOBS, run.ended())
        .with(LogField.FAILED_JOBS, run.failed())
        .with(LogField.SKIPPED_JOBS, run.skipped())
        .with(LogField.LEFT_JOBS, run.left())
        .with(LogField.OLDEST_JOB, run.oldest())
        .with(LogField.HOURS_TO_EXPIRY, hours(run))
        .with(LogField.SECONDS, run.took().toSeconds())
        .write(LogEvent.HARVEST);
    if (report.warning() != null) {
      log.with(LogField.MESSAGE, report.warning())
          .write(report.denied() ? LogEvent.DENIED : LogEvent.HARVEST_TROUBLE);
    }
  }

  /** With one decimal; null where nothing that is finished expires. */
  private static @Nullable String hours(HarvestSummary run) {
    if (run.expires() == null) {
      return null;
    }
    Instant now = run.began().plus(run.took());
    return String.format(
        Locale.ROOT, "%.1f", Duration.between(now, run.expires()).toSeconds() / SECONDS_OF_AN_HOUR);
  }
}
