package io.soracourier.records;

import io.soracourier.records.Trouble.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people can read of a job. Delivery never depends on it.
 *
 * @param id the job's; null for a message that was none
 * @param state of the latest attempt
 * @param attempt how often it was enqueued, from 1
 * @param chain which message began that
 * @param seen when the courier first knew of it
 * @param changed when this was last written
 * @param service the video service's state of it
 * @param looks how many looks there have been in this attempt
 * @param nextLook when the next one is due; null when it is over
 * @param copy how far the copy is that runs; null while none does
 * @param videos that are stored
 * @param failure why it failed, or one of its videos did; null where nothing failed
 * @param trouble what last delayed or ended it; null where nothing did
 * @param correlationId JSON on one line, as it came with the job; null where there is none
 * @param earlier attempts, oldest first, the last {@value #MAX_EARLIER} of them
 * @param outcomes the messages about this attempt as they were put on the queue of outcomes, JSON
 *     on one line each; the first of them where there are many
 */
public record JobRecord(
    @Nullable String id,
    RecordState state,
    int attempt,
    Chain chain,
    Instant seen,
    Instant changed,
    Service service,
    int looks,
    @Nullable Instant nextLook,
    @Nullable Copy copy,
    List<RecordedVideo> videos,
    @Nullable Failure failure,
    @Nullable Trouble trouble,
    @Nullable String correlationId,
    List<PastAttempt> earlier,
    List<String> outcomes) {
  static final int MAX_EARLIER = 10;

  /** Later than that is a job that nobody looks at: the host is down, or gave the message up. */
  static final Duration OVERDUE = Duration.ofMinutes(5);

  public JobRecord {
    videos = List.copyOf(videos);
    earlier = List.copyOf(earlier);
    outcomes = List.copyOf(outcomes);
  }

  /**
   * The looks that follow from one message.
   *
   * @param message the queue's id of it, or null where that is not known
   * @param first when the first look was, by which the later ones are known to belong to it
   */
  public record Chain(@Nullable String message, Instant first) {}

  /**
   * The video service's state of a job.
   *
   * @param status its own word, or null before the first response
   * @param progress in percent, or null where it does not say
   * @param expires when it deletes the content, or null where it does not say
   */
  public record Service(
      @Nullable String status, @Nullable Integer progress, @Nullable Instant expires) {
    static final Service SILENT = new Service(null, null, null);
  }

  /**
   * @param declared how many bytes there are to be, or null where the service does not say
   */
  public record Copy(String generationId, long bytes, @Nullable Long declared) {}

  /**
   * @param reason one of the closed set of the outcome message
   * @param message the outcome's sentence
   */
  public record Failure(String reason, String message) {
    public Failure {
      message = Trouble.cut(message);
    }
  }

  /**
   * Whether nothing has happened for long: its next look should have been, or its copy has not
   * moved. The host is down, or has set the message aside.
   */
  public boolean isOverdue(Instant now) {
    return !state.isOver() && now.isAfter(due().plus(OVERDUE));
  }

  Instant due() {
    return state == RecordState.COPYING || nextLook == null ? changed : nextLook;
  }

  /** The trouble, where it is of that source. */
  public Optional<Trouble> troubleOf(Source source) {
    return Optional.ofNullable(trouble).filter(one -> one.source() == source);
  }
}
