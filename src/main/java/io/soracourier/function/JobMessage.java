package io.soracourier.function;

import io.soracourier.courier.LookNote;
import io.soracourier.sora.JobId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of the queue {@code sora-jobs}: a bare job id, {@code {"jobId": …, "correlationId": …,
 * "look": {…}}}, or the response of the call that created the job; each of them in what tools put
 * around it, see {@link MessageText}. Unknown members are carried along.
 *
 * <p>Whatever is accepted can be put back (enqueued again with a delay) and reported: its limits
 * leave room for the courier's note and for the outcome below the 64 KiB of a queue message.
 *
 * @param correlationId any JSON on one line, returned as it came; null where there is none
 * @param members the whole message, to be put back: JSON by name
 */
record JobMessage(
    JobId jobId, @Nullable String correlationId, LookNote look, Map<String, String> members) {
  static final int MAX_BYTES = 48 * 1024;
  static final int MAX_CORRELATION_ID_BYTES = 16 * 1024;

  /** A consumer's parser may go 64 levels deep and no deeper. */
  static final int MAX_CORRELATION_ID_DEPTH = 32;

  static final String JOB_ID = "jobId";
  static final String CORRELATION_ID = "correlationId";
  static final String LOOK = "look";

  /**
   * Reads the body of a queue message.
   *
   * @throws InvalidMessageException when there is no job id in it
   */
  static JobMessage parse(byte[] body) {
    return JobMessageReader.read(body);
  }

  /** The text of this message with another note, to be put back. */
  String with(LookNote note) {
    Map<String, String> again = new LinkedHashMap<>(members);
    again.remove(LOOK);
    again.put(LOOK, LookNoteJson.write(note));
    return VerbatimJson.object(again);
  }

  /** The correlation id for a log line. */
  @Nullable String correlationText() {
    return correlationId == null ? null : VerbatimJson.string(correlationId).orElse(correlationId);
  }

  /** The correlation id in characters that storage takes. */
  @Nullable String sendableCorrelationId() {
    return correlationId == null ? null : VerbatimJson.sendable(correlationId);
  }

  /** As somebody sends it who enqueues a job: without a note, which only the courier writes. */
  JobMessage asSubmitted() {
    Map<String, String> sent = new LinkedHashMap<>(members);
    sent.remove(LOOK);
    return new JobMessage(jobId, correlationId, LookNote.NONE, sent);
  }

  /**
   * The text of this message as it was submitted. An id alone is sent bare, unless it would be read
   * as another one: an id may be Base64 of an id.
   */
  String text() {
    return members.size() == 1 && JobMessageReader.isReadBare(jobId)
        ? jobId.value()
        : VerbatimJson.object(members);
  }
}
