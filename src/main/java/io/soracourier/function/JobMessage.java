package io.soracourier.function;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.courier.LookNote;
import io.soracourier.sora.JobId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A message of the queue {@code sora-jobs}: a bare job id, or {@code {"jobId": …, "correlationId":
 * …, "look": {…}}}, either of them also in Base64. What the courier does not know is carried along.
 *
 * @param correlationId any JSON, returned as it came; null where there is none
 * @param fields the whole message as an object, to be put back
 */
record JobMessage(JobId jobId, JsonNode correlationId, LookNote look, ObjectNode fields) {
  /** Room for the courier's note and for the outcome, below the 64 KiB of a queue message. */
  static final int LONGEST = 48 * 1024;

  static final int LONGEST_CORRELATION_ID = 16 * 1024;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  /**
   * Reads the body of a queue message.
   *
   * @throws InvalidMessageException when there is no job id in it
   */
  static JobMessage parse(byte[] body) {
    String text =
        text(body)
            .orElseThrow(
                () -> new InvalidMessageException("it is not text", printable(body), null));
    String plain = text.strip();
    String message = decoded(plain).orElse(plain);
    if (message.isEmpty()) {
      throw new InvalidMessageException("it is empty", "", null);
    }
    return message.startsWith("{") ? ofObject(message) : ofId(message);
  }

  /** The text of this message with another note, to be put back. */
  String with(LookNote note) {
    ObjectNode copy = fields.deepCopy();
    ObjectNode look = copy.putObject("look");
    look.put("number", note.number());
    look.put("first", note.first().toString());
    if (note.succeeded() != null) {
      look.put("succeeded", note.succeeded().toString());
    }
    if (!note.reported().isEmpty()) {
      ArrayNode reported = look.putArray("reported");
      note.reported().forEach(reported::add);
    }
    return copy.toString();
  }

  private static JobMessage ofId(String text) {
    if (!JobId.isId(text)) {
      throw new InvalidMessageException("it is neither a job id nor a JSON object", text, null);
    }
    return new JobMessage(
        new JobId(text), null, LookNote.NONE, JSON.createObjectNode().put("jobId", text));
  }

  private static JobMessage ofObject(String text) {
    ObjectNode fields;
    try {
      fields = (ObjectNode) JSON.readTree(text);
    } catch (JacksonException | ClassCastException e) {
      throw new InvalidMessageException("it is not valid JSON", text, null);
    }
    JsonNode correlationId =
        fields.hasNonNull("correlationId") ? fields.get("correlationId") : null;
    if (correlationId != null && correlationId.toString().length() > LONGEST_CORRELATION_ID) {
      throw new InvalidMessageException(
          "its correlationId is longer than " + LONGEST_CORRELATION_ID + " characters", text, null);
    }
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
        new JobId(jobId.textValue()), correlationId, note(fields.path("look")), fields);
  }

  /** The courier's own note. One that it cannot have written counts as none. */
  private static LookNote note(JsonNode look) {
    try {
      int number = look.path("number").asInt();
      if (number < 1) {
        return LookNote.NONE;
      }
      List<String> reported = new ArrayList<>();
      look.path("reported").forEach(generation -> reported.add(generation.asText()));
      Instant succeeded =
          look.hasNonNull("succeeded") ? Instant.parse(look.get("succeeded").asText()) : null;
      return new LookNote(number, Instant.parse(look.path("first").asText()), succeeded, reported);
    } catch (DateTimeException e) {
      return LookNote.NONE;
    }
  }

  /** Base64 is undone when what it holds is a message; an id that happens to be Base64 is kept. */
  private static Optional<String> decoded(String text) {
    if (text.isEmpty() || text.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      return text(Base64.getDecoder().decode(text))
          .map(String::strip)
          .filter(inner -> JobId.isId(inner) || isObject(inner));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static boolean isObject(String text) {
    try {
      return text.startsWith("{") && JSON.readTree(text).isObject();
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String printable(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
  }
}
