package io.soracourier.function;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.courier.LookNote;
import io.soracourier.sora.JobId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A message of the queue {@code sora-jobs}: a bare job id, or {@code {"jobId": …, "correlationId":
 * …, "look": {…}}}, either of them also in Base64. What the courier does not know is carried along.
 *
 * <p>Whatever is accepted can be put back and answered: its limits leave room for the courier's
 * note and for the outcome below the 64 KiB of a queue message.
 *
 * @param correlationId any JSON, returned as it came; null where there is none
 * @param fields the whole message as an object, to be put back
 */
record JobMessage(JobId jobId, JsonNode correlationId, LookNote look, ObjectNode fields) {
  static final int LONGEST = 48 * 1024;
  static final int LARGEST_CORRELATION_ID = 16 * 1024;

  /** The host reads the outcome with a parser that goes 64 levels deep. */
  static final int DEEPEST_CORRELATION_ID = 32;

  /** Numbers stay as they were written. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /**
   * Reads the body of a queue message.
   *
   * @throws InvalidMessageException when there is no job id in it
   */
  static JobMessage parse(byte[] body) {
    String message = MessageText.of(body, JobMessage::isIdOrObject);
    if (message.isEmpty()) {
      throw new InvalidMessageException("it is empty", "", null);
    }
    return message.startsWith("{") ? ofObject(message) : ofId(message);
  }

  /** The text of this message with another note, to be put back. */
  String with(LookNote note) {
    ObjectNode copy = fields.deepCopy();
    LookNoteJson.write(note, copy.putObject("look"));
    return copy.toString();
  }

  /** The correlation id for a log line; null where there is none. */
  String correlationText() {
    if (correlationId == null) {
      return null;
    }
    return correlationId.isTextual() ? correlationId.textValue() : correlationId.toString();
  }

  private static JobMessage ofId(String text) {
    if (!JobId.isId(text)) {
      throw new InvalidMessageException("it is neither a job id nor a JSON object", text, null);
    }
    return new JobMessage(
        new JobId(text), null, LookNote.NONE, JSON.createObjectNode().put("jobId", text));
  }

  private static JobMessage ofObject(String text) {
    ObjectNode fields =
        object(text)
            .orElseThrow(() -> new InvalidMessageException("it is not valid JSON", text, null));
    if (MessageText.isUnsendable(fields.toString())) {
      throw new InvalidMessageException(
          "it has U+FFFE, U+FFFF or half a surrogate pair, which no queue message can carry",
          text,
          null);
    }
    JsonNode correlationId = correlationId(fields, text);
    JsonNode jobId = fields.path("jobId");
    if (!jobId.isTextual() || !JobId.isId(jobId.textValue())) {
      throw new InvalidMessageException(
          jobId.isMissingNode() ? "it has no jobId" : "its jobId is not an id",
          jobId.isTextual() ? jobId.textValue() : text,
          correlationId);
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new InvalidMessageException(
          "it is longer than " + LONGEST + " bytes", jobId.textValue(), correlationId);
    }
    return new JobMessage(
        new JobId(jobId.textValue()),
        correlationId,
        LookNoteJson.read(fields.path("look")),
        fields);
  }

  private static JsonNode correlationId(ObjectNode fields, String text) {
    JsonNode correlationId =
        fields.hasNonNull("correlationId") ? fields.get("correlationId") : null;
    if (correlationId == null) {
      return null;
    }
    if (IndentedSize.depth(correlationId) > DEEPEST_CORRELATION_ID) {
      throw new InvalidMessageException(
          "its correlationId is nested deeper than " + DEEPEST_CORRELATION_ID + " levels",
          text,
          null);
    }
    if (IndentedSize.of(correlationId) > LARGEST_CORRELATION_ID) {
      throw new InvalidMessageException(
          "its correlationId is larger than " + LARGEST_CORRELATION_ID + " bytes when indented",
          text,
          null);
    }
    return correlationId;
  }

  private static boolean isIdOrObject(String text) {
    return JobId.isId(text) || text.startsWith("{") && object(text).isPresent();
  }

  private static Optional<ObjectNode> object(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException | NumberFormatException notJson) {
      // The latter comes of numbers whose exponent no computer has room for.
      return Optional.empty();
    }
  }
}
