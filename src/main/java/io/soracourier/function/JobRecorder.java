package io.soracourier.function;

import io.soracourier.courier.CopyObserver;
import io.soracourier.courier.LogEvent;
import io.soracourier.courier.LogField;
import io.soracourier.courier.LookLog;
import io.soracourier.courier.LookResult;
import io.soracourier.courier.LookResult.LookAgain;
import io.soracourier.courier.Outcome;
import io.soracourier.courier.Waiting;
import io.soracourier.pictures.Picture;
import io.soracourier.records.JobRecord;
import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.JobRecord.Copy;
import io.soracourier.records.JobRecord.Failure;
import io.soracourier.records.JobRecord.Service;
import io.soracourier.records.JobRecords;
import io.soracourier.records.News;
import io.soracourier.records.RecordState;
import io.soracourier.records.RecordedVideo;
import io.soracourier.records.Trouble;
import io.soracourier.records.Trouble.Source;
import io.soracourier.sora.Generation;
import io.soracourier.sora.PictureKind;
import io.soracourier.sora.VideoJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

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
    private Instant recorded;

    private Look(Chain chain, int number, Instant begin) {
      this.chain = chain;
      this.number = number;
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
   * @param messageId the queue's id of the message, or null
   */
  Look begin(JobMessage job, String messageId) {
    Instant now = clock.instant();
    Instant first = Optional.ofNullable(job.look().first()).orElse(now);
    Look look = new Look(new Chain(messageId, first), job.look().number() + 1, now);
    running.put(job.jobId().value(), look);
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
   * @param pictures of its videos
   * @param outcomes the messages about it
   */
  void looked(
      JobMessage job,
      String messageId,
      LookResult result,
      Map<String, List<Picture>> pictures,
      List<String> outcomes,
      LookLog log) {
    harmlessly(
        job.jobId().value(),
        () -> warn(records.write(news(job, messageId, result, pictures, outcomes)), log));
  }

  private News news(
      JobMessage job,
      String messageId,
      LookResult result,
      Map<String, List<Picture>> pictures,
      List<String> outcomes) {
    Instant now = clock.instant();
    return new News.Looked(
        job.jobId().value(),
        new Chain(messageId, result.first()),
        result.looks(),
        now,
        result.again().map(again -> now.plus(again.delay())).orElse(null),
        result.job().map(JobRecorder::service).orElse(null),
        result.outcomes().stream()
            .filter(Outcome.Copied.class::isInstance)
            .map(Outcome.Copied.class::cast)
            .map(copied -> video(copied, pictures.getOrDefault(copied.generationId(), List.of())))
            .toList(),
        failure(result.outcomes()),
        result.again().flatMap(again -> trouble(again, now)).orElse(null),
        job.sendableCorrelationId(),
        outcomes);
  }

  /** A message that is no job. Without an id of its own it cannot be told from others. */
  void invalid(String messageId, InvalidMessageException e, String outcome, LookLog log) {
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

  private static Service service(VideoJob job) {
    return new Service(job.status(), job.progress().orElse(null), job.expiresAt().orElse(null));
  }

  private static RecordedVideo video(Outcome.Copied copied, List<Picture> pictures) {
    Generation generation = copied.generation();
    return new RecordedVideo(
        generation.id(),
        copied.blobUrl().toString(),
        copied.bytes(),
        copied.contentMd5(),
        generation.width(),
        generation.height(),
        generation.seconds(),
        url(pictures, PictureKind.THUMBNAIL),
        url(pictures, PictureKind.SPRITESHEET));
  }

  private static String url(List<Picture> pictures, PictureKind kind) {
    return pictures.stream()
        .filter(picture -> picture.kind() == kind)
        .filter(Picture.Stored.class::isInstance)
        .map(picture -> ((Picture.Stored) picture).url().toString())
        .findFirst()
        .orElse(null);
  }

  private static Failure failure(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Outcome.Failed.class::isInstance)
        .map(Outcome.Failed.class::cast)
        .map(failed -> new Failure(failed.reason().code(), failed.message()))
        .findFirst()
        .orElse(null);
  }

  private static Optional<Trouble> trouble(LookAgain again, Instant now) {
    return source(again.cause()).map(source -> new Trouble(source, again.message(), now));
  }

  private static Optional<Source> source(Waiting cause) {
    return switch (cause) {
      case VIDEO -> Optional.empty();
      case SERVICE -> Optional.of(Source.SERVICE);
      case STORAGE -> Optional.of(Source.STORAGE);
      case COURIER -> Optional.of(Source.COURIER);
    };
  }
}
