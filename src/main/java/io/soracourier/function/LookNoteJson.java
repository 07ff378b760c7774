package io.soracourier.function;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.courier.LookNote;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The courier's own note in a message: {@code {"number": 3, "first": "…"}} and what it saw. */
final class LookNoteJson {
  /** A job is looked at for some days at most, and not every second. */
  private static final int MOST_LOOKS = 1_000_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private LookNoteJson() {}

  /**
   * One that the courier cannot have written counts as none.
   *
   * @param note JSON, or null where there is none
   */
  static LookNote read(String note) {
    if (note == null) {
      return LookNote.NONE;
    }
    try {
      return read(JSON.readTree(note));
    } catch (JacksonException | DateTimeException | NumberFormatException e) {
      return LookNote.NONE;
    }
  }

  private static LookNote read(JsonNode look) {
    JsonNode number = look.path("number");
    if (!number.isInt() || number.intValue() < 1 || number.intValue() > MOST_LOOKS) {
      return LookNote.NONE;
    }
    Instant succeeded =
        look.hasNonNull("succeeded") ? Instant.parse(look.get("succeeded").asText()) : null;
    List<String> reported = new ArrayList<>();
    look.path("reported").forEach(generation -> reported.add(generation.asText()));
    return new LookNote(
        number.intValue(), Instant.parse(look.path("first").asText()), succeeded, reported);
  }

  static String write(LookNote note) {
    ObjectNode look = JSON.createObjectNode();
    look.put("number", note.number());
    look.put("first", note.first().toString());
    if (note.succeeded() != null) {
      look.put("succeeded", note.succeeded().toString());
    }
    if (!note.reported().isEmpty()) {
      ArrayNode reported = look.putArray("reported");
      note.reported().forEach(reported::add);
    }
    return look.toString();
  }
}
