package io.soracourier.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.sora.JobId;
import io.soracourier.text.Excerpt;
import java.util.regex.Pattern;

/** A message that names no job. It is answered with an outcome, not with a retry. */
class InvalidMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_EXCERPT = 200;

  /** Each is shown, because it may be what is wrong. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private final String offending;
  private final transient JsonNode correlationId;

  /**
   * @param why continuing the sentence "the message is no job: …"
   * @param offending the text that is wrong
   * @param correlationId null where none could be read
   */
  InvalidMessageException(String why, String offending, JsonNode correlationId) {
    super(
        "the message is no job: %s; put a job id on the queue, or a JSON object with a jobId: '%s'"
            .formatted(why, excerpt(offending)));
    this.offending = excerpt(offending);
    this.correlationId = correlationId;
  }

  /** The offending text, cut and on one line. */
  String offending() {
    return offending;
  }

  JsonNode correlationId() {
    return correlationId;
  }

  /** An id stays as it is: it may be the message around it that is wrong. */
  private static String excerpt(String text) {
    if (JobId.isId(text)) {
      return text;
    }
    return Excerpt.of(CONTROL.matcher(text).replaceAll("\uFFFD"), LONGEST_EXCERPT);
  }
}
