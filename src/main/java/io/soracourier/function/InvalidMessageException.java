package io.soracourier.function;

import io.soracourier.sora.JobId;
import io.soracourier.text.Excerpt;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message that contains no job id. It ends in an outcome, not in a retry. */
class InvalidMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_EXCERPT = 200;

  private final String offending;
  private final @Nullable String correlationId;

  /**
   * @param why continuing the sentence "the message is not a job: …"
   * @param offending the text that is wrong
   * @param correlationId JSON on one line; null where none could be read
   */
  InvalidMessageException(String why, String offending, @Nullable String correlationId) {
    super(
        "the message is not a job: %s; put a job id on the queue, or a JSON object with a jobId: '%s'"
            .formatted(why, excerpt(offending)));
    this.offending = excerpt(offending);
    this.correlationId = correlationId;
  }

  /** Every one has a message. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The offending text: its beginning, on one line, with escapes for what cannot be seen. */
  String offending() {
    return offending;
  }

  /** In characters that storage takes. */
  @Nullable String correlationId() {
    return correlationId == null ? null : VerbatimJson.sendable(correlationId);
  }

  /** An id stays as it is: it may be the message around it that is wrong. */
  private static String excerpt(String text) {
    return JobId.isId(text) ? text : Excerpt.of(MessageText.visible(text), MAX_EXCERPT);
  }
}
