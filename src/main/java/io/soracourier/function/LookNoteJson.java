package io.soracourier.function;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.courier.Announced;
import io.soracourier.courier.Announced.Awaited;
import io.soracourier.courier.LookNote;
import io.soracourier.courier.Misses;
import io.soracourier.sora.Generation;
import io.soracourier.sora.VideoApis;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The courier's own note in a message: {@code {"number": 3, "first": "…"}} and what it saw. An
 * earlier version wrote {@code number}, {@code first}, {@code succeeded} and {@code reported}, and
 * reads these of a note of today.
 */
final class LookNoteJson {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private static final ObjectMapper JSON = new ObjectMapper();

  private LookNoteJson() {}

  /**
   * One that the courier cannot have written counts as none, and so does each of its members that
   * earlier versions did not have.
   *
   * @param note JSON; null where there is none
   */
  static LookNote read(@Nullable String note) {
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
    int number = count(look.path("number"), LookNote.MAX_LOOKS);
    if (number == 0) {
      return LookNote.NONE;
    }
    Instant first = time(look.path("first").asText());
    Instant succeeded = look.hasNonNull("succeeded") ? time(look.get("succeeded").asText()) : null;
    return new LookNote(
        number,
        first,
        succeeded,
        instant(look.path("until")),
        look.path("seen").isBoolean() && look.path("seen").booleanValue(),
        misses(look.path("missing")),
        misses(look.path("unlisted")),
        announced(look),
        VideoApis.named(look.path("api").asText()).orElse(null),
        count(look.path("copyTries"), LookNote.MAX_LOOKS));
  }

  private static Announced announced(JsonNode look) {
    List<Awaited> awaited = new ArrayList<>();
    for (JsonNode video : look.path("awaited")) {
      String id = video.path("id").textValue();
      int number = count(video.path("number"), Announced.MAX_COUNT);
      if (Generation.isId(id) && number > 0) {
        awaited.add(new Awaited(id, number, misses(video.path("missing"))));
      }
    }
    List<String> reported = new ArrayList<>();
    look.path("reported").forEach(generation -> reported.add(generation.asText()));
    return Announced.noted(count(look.path("announced"), Announced.MAX_COUNT), awaited, reported);
  }

  private static @Nullable Misses misses(JsonNode misses) {
    Instant since = instant(misses.path("since"));
    int looks = count(misses.path("looks"), LookNote.MAX_LOOKS);
    return since == null || looks == 0 ? null : new Misses(since, looks);
  }

  /** From 1 to a bound, or 0 for anything else. */
  private static int count(JsonNode number, int most) {
    return number.isInt() && number.intValue() >= 1 && number.intValue() <= most
        ? number.intValue()
        : 0;
  }

  private static @Nullable Instant instant(JsonNode time) {
    try {
      return time.isTextual() ? time(time.textValue()) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Instant time(String text) {
    Instant time = Instant.parse(text);
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw new DateTimeException("no look was at " + text);
    }
    return time;
  }

  static String write(LookNote note) {
    ObjectNode look = JSON.createObjectNode();
    look.put("number", note.number());
    put(look, "first", note.first());
    put(look, "succeeded", note.succeeded());
    put(look, "until", note.until());
    if (note.seen()) {
      look.put("seen", true);
    }
    if (note.api() != null) {
      look.put("api", note.api().name());
    }
    put(look, "missing", note.missing());
    put(look, "unlisted", note.unlisted());
    Announced announced = note.announced();
    if (announced.count() > 0) {
      look.put("announced", announced.count());
    }
    if (!announced.awaited().isEmpty()) {
      ArrayNode awaited = look.putArray("awaited");
      for (Awaited video : announced.awaited()) {
        put(
            awaited.addObject().put("id", video.id()).put("number", video.number()),
            "missing",
            video.misses());
      }
    }
    if (!announced.reported().isEmpty()) {
      ArrayNode reported = look.putArray("reported");
      announced.reported().forEach(reported::add);
    }
    if (note.copyTries() > 0) {
      look.put("copyTries", note.copyTries());
    }
    return look.toString();
  }

  private static void put(ObjectNode json, String name, @Nullable Instant time) {
    if (time != null) {
      json.put(name, time.toString());
    }
  }

  private static void put(ObjectNode json, String name, @Nullable Misses misses) {
    if (misses != null) {
      put(json.putObject(name).put("looks", misses.looks()), "since", misses.since());
    }
  }
}
