package io.soracourier.function;

import io.soracourier.courier.LookNote;
import io.soracourier.function.VerbatimJson.AmbiguousMemberException;
import io.soracourier.sora.JobId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link JobMessage} from what people and their tools put on the queue: a bare job id, JSON
 * with a job id, or the response of the call that created the job; each of them in what tools put
 * around it, see {@link MessageText}.
 */
final class JobMessageReader {
  /** What {@code object} is in the response of the call that creates a job. */
  private static final Set<String> CREATED = Set.of("video", "video.generation.job");

  /** What programs write for a variable without a value. */
  private static final Set<String> NO_VALUE =
      Set.of("null", "true", "false", "undefined", "none", "nan", "nil");

  private JobMessageReader() {}

  /**
   * @param body of a queue message
   * @throws InvalidMessageException when there is no job id in it
   */
  static JobMessage read(byte[] body) {
    String message = MessageText.of(body);
    if (message.isEmpty()) {
      throw new InvalidMessageException("it is empty", "", null);
    }
    return message.startsWith("{") ? ofObject(message) : ofId(message);
  }

  /** Whether an id can be sent as it is, without JSON around it. */
  static boolean isReadBare(JobId id) {
    return MessageText.of(id.value().getBytes(StandardCharsets.UTF_8)).equals(id.value())
        && !isNoValue(id.value());
  }

  private static boolean isNoValue(String text) {
    return NO_VALUE.contains(text.toLowerCase(Locale.ROOT));
  }

  private static JobMessage ofId(String text) {
    if (isNoValue(text)) {
      throw new InvalidMessageException("it is the word for a value that was not set", text, null);
    }
    if (!JobId.isId(text)) {
      throw new InvalidMessageException(
          text.startsWith("[")
              ? "it is a JSON array, and each job wants a message of its own"
              : "it is neither a job id nor a JSON object",
          text,
          null);
    }
    return new JobMessage(
        new JobId(text), null, LookNote.NONE, Map.of(JobMessage.JOB_ID, "\"" + text + "\""));
  }

  private static JobMessage ofObject(String text) {
    Map<String, String> members = members(text);
    String known =
        Optional.ofNullable(members.get(JobMessage.JOB_ID))
            .flatMap(VerbatimJson::string)
            .filter(JobId::isId)
            .orElse(text);
    String correlationId = correlationId(members, known);
    JobId jobId = jobId(members, text, correlationId);
    Map<String, String> sent = new LinkedHashMap<>(members);
    sent.remove(JobMessage.LOOK);
    if (length(VerbatimJson.object(sent)) > JobMessage.MAX_BYTES) {
      throw new InvalidMessageException(
          "it is longer than " + JobMessage.MAX_BYTES + " bytes", jobId.value(), correlationId);
    }
    return new JobMessage(
        jobId, correlationId, LookNoteJson.read(members.get(JobMessage.LOOK)), members);
  }

  private static Map<String, String> members(String text) {
    try {
      Map<String, String> members =
          VerbatimJson.members(text)
              .orElseThrow(() -> new InvalidMessageException("it is not valid JSON", text, null));
      Map<String, String> named = new LinkedHashMap<>(members);
      rename(named, JobMessage.CORRELATION_ID);
      rename(named, JobMessage.JOB_ID);
      return named;
    } catch (AmbiguousMemberException e) {
      throw new InvalidMessageException(MessageText.visible(e.getMessage()), text, null);
    }
  }

  /**
   * Gives a member its own name where only its case, or a separator, is another's: C# writes {@code
   * JobId}, Python {@code job_id}.
   */
  private static void rename(Map<String, String> members, String name) {
    if (members.containsKey(name)) {
      return;
    }
    List<String> others = members.keySet().stream().filter(other -> alike(other, name)).toList();
    if (others.size() > 1) {
      throw new AmbiguousMemberException("it has both " + others.get(0) + " and " + others.get(1));
    }
    others.forEach(other -> members.put(name, members.remove(other)));
  }

  private static boolean alike(String other, String name) {
    return other.replaceAll("[_ -]", "").equalsIgnoreCase(name);
  }

  private static JobId jobId(
      Map<String, String> members, String text, @Nullable String correlationId) {
    String given = members.get(JobMessage.JOB_ID);
    if (given == null && isCreated(members) && members.containsKey("id")) {
      given = members.get("id");
    }
    if (given == null) {
      throw new InvalidMessageException("it has no jobId", text, correlationId);
    }
    Optional<String> string = VerbatimJson.string(given);
    String id = string.map(MessageText::bare).orElse("");
    if (isNoValue(id)) {
      throw new InvalidMessageException(
          "its jobId is the word for a value that was not set", id, correlationId);
    }
    if (!JobId.isId(id)) {
      throw new InvalidMessageException(
          "its jobId is not an id", string.orElse(text), correlationId);
    }
    members.put(JobMessage.JOB_ID, "\"" + id + "\"");
    return new JobId(id);
  }

  private static boolean isCreated(Map<String, String> members) {
    return Optional.ofNullable(members.get("object"))
        .flatMap(VerbatimJson::string)
        .filter(object -> CREATED.contains(object.toLowerCase(Locale.ROOT)))
        .isPresent();
  }

  private static @Nullable String correlationId(Map<String, String> members, String shown) {
    String correlationId = members.get(JobMessage.CORRELATION_ID);
    if (correlationId == null || correlationId.equals("null")) {
      return null;
    }
    if (VerbatimJson.depth(correlationId) > JobMessage.MAX_CORRELATION_ID_DEPTH) {
      throw new InvalidMessageException(
          "its correlationId is nested deeper than "
              + JobMessage.MAX_CORRELATION_ID_DEPTH
              + " levels",
          shown,
          null);
    }
    if (length(VerbatimJson.sendable(correlationId)) > JobMessage.MAX_CORRELATION_ID_BYTES) {
      throw new InvalidMessageException(
          "its correlationId is larger than " + JobMessage.MAX_CORRELATION_ID_BYTES + " bytes",
          shown,
          null);
    }
    return correlationId;
  }

  private static int length(String json) {
    return json.getBytes(StandardCharsets.UTF_8).length;
  }
}
