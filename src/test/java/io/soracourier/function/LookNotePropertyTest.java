package io.soracourier.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.courier.Announced;
import io.soracourier.courier.Announced.Awaited;
import io.soracourier.courier.History;
import io.soracourier.courier.LookNote;
import io.soracourier.courier.LookResult;
import io.soracourier.courier.Misses;
import io.soracourier.courier.SilentLog;
import io.soracourier.courier.SimulatedService;
import io.soracourier.local.SeedSource;
import io.soracourier.simulator.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;

/** Part 7 of the fault matrix: notes that the courier may or may not have written. */
@ExtendWith(SilentLog.class)
class LookNotePropertyTest {
  private static final int CASES = 300;
  private static final int MAX_MESSAGE = 64 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of(
          "2026-11-22T09:00:00Z",
          "2026-11-22T09:59:59.123456789Z",
          "2026-11-22T10:00:01Z",
          "2026-11-23T10:00:00Z",
          "1970-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "-1000000000-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59.999999999Z",
          "yesterday",
          "",
          "gen_0",
          "gen_1",
          "../../x",
          "\u0001\uFFFE\"\\".repeat(50),
          "\u5f71".repeat(200),
          "g".repeat(200),
          "g".repeat(60_000));

  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void arbitraryNotes_canBeWrittenBackAndBelieveNothingAbsurd(long seed) throws IOException {
    Random random = new Random(seed);
    int putBack = 0;
    for (int i = 0; i < CASES; i++) {
      String text = note(random).toString();
      LookNote note = LookNoteJson.read(text);
      MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
      SimulatedService service = new SimulatedService(random, clock);
      LookResult result = service.look(note, new History());
      assertThat(result.looks())
          .as(text)
          .isEqualTo(Math.min(note.number() + 1, LookNote.MAX_LOOKS));
      if (result.again().isEmpty()) {
        assertThat(result.outcomes()).as(text).isNotEmpty();
        continue;
      }
      putBack++;
      LookNote written = result.again().get().note();
      assertBelievable(written, clock.instant(), text);
      JobMessage large = JobMessage.parse(largest(service.id().value()).getBytes(UTF_8));
      String message = large.with(written);
      assertThat(message.getBytes(UTF_8).length).as(text).isLessThanOrEqualTo(MAX_MESSAGE);
      assertThat(JobMessage.parse(message.getBytes(UTF_8)).look()).as(text).isEqualTo(written);
      MessageSchema.JOB.assertValid(JSON.readTree(message));
    }
    assertThat(putBack).as("of %d notes, with seed %d", CASES, seed).isGreaterThan(CASES / 5);
  }

  /** As large as a message can be without a note. */
  private static String largest(String id) {
    String message = "{\"jobId\":\"%s\",\"x\":\"%s\"}";
    int more = JobMessage.MAX_BYTES - message.formatted(id, "").length();
    return message.formatted(id, "x".repeat(more));
  }

  private static void assertBelievable(LookNote note, Instant now, String text) {
    assertThat(note.first()).as(text).isBeforeOrEqualTo(now.plus(Duration.ofDays(1)));
    // A first look of a clock that is ahead says nothing of what a right clock saw before it.
    Instant earliest = note.first().isAfter(now) ? Instant.EPOCH : note.first();
    Stream<Misses> misses =
        Stream.concat(
            Stream.of(note.missing() == null ? List.<Misses>of() : List.of(note.missing()))
                .flatMap(List::stream),
            note.announced().awaited().stream()
                .map(Awaited::misses)
                .filter(missed -> missed != null));
    assertThat(misses)
        .as(text)
        .allSatisfy(
            missed -> {
              assertThat(missed.since()).isBetween(earliest, now);
              assertThat(missed.looks()).isBetween(1, note.number());
            });
    assertThat(note.announced().awaited()).as(text).hasSizeLessThanOrEqualTo(32);
    assertThat(note.announced().count())
        .as(text)
        .isLessThanOrEqualTo(Announced.MAX_COUNT)
        .isGreaterThanOrEqualTo(note.announced().awaited().size());
  }

  private static ObjectNode note(Random random) {
    ObjectNode note = NODES.objectNode();
    note.put("number", random.nextInt(4) > 0 ? 1 + random.nextInt(50) : number(random));
    note.put("first", random.nextInt(4) > 0 ? TEXTS.get(random.nextInt(2)) : text(random));
    Stream.of("succeeded", "until").forEach(name -> maybe(note, name, random));
    Stream.of("missing", "unlisted").forEach(name -> maybeMisses(note, name, random));
    if (random.nextBoolean()) {
      note.put("announced", number(random));
    }
    if (random.nextInt(3) == 0) {
      note.put("copyTries", number(random));
    }
    if (random.nextInt(3) == 0) {
      note.put("api", List.of("sora-1", "videos", "x", "").get(random.nextInt(4)));
    }
    if (random.nextBoolean()) {
      ArrayNode awaited = note.putArray("awaited");
      for (int i = random.nextInt(random.nextInt(10) == 0 ? 200 : 4); i > 0; i--) {
        ObjectNode video = awaited.addObject();
        video.put("id", id(random)).put("number", number(random));
        maybeMisses(video, "missing", random);
      }
    }
    if (random.nextBoolean()) {
      ArrayNode reported = note.putArray("reported");
      for (int i = random.nextInt(random.nextInt(10) == 0 ? 200 : 4); i > 0; i--) {
        reported.add(id(random));
      }
    }
    return note;
  }

  private static void maybe(ObjectNode note, String name, Random random) {
    switch (random.nextInt(8)) {
      case 0 -> note.put(name, number(random));
      case 1 -> note.putObject(name).put("since", 3);
      case 2, 3 -> note.put(name, text(random));
      case 4 -> note.put(name, TEXTS.get(random.nextInt(4)));
      default -> {}
    }
  }

  private static void maybeMisses(ObjectNode note, String name, Random random) {
    if (random.nextInt(3) == 0) {
      maybe(note, name, random);
    } else {
      ObjectNode misses = note.putObject(name);
      misses.put("since", TEXTS.get(random.nextInt(random.nextInt(4) > 0 ? 3 : TEXTS.size())));
      misses.put("looks", random.nextInt(4) > 0 ? random.nextInt(60) : number(random));
    }
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static String id(Random random) {
    return random.nextInt(3) > 0 ? "gen_" + random.nextInt(100) : text(random);
  }

  private static long number(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> Integer.MAX_VALUE;
      case 2 -> -1;
      case 3 -> 0;
      case 4 -> 999_999;
      case 5 -> 1_000_000;
      default -> random.nextInt(40);
    };
  }
}
