package io.soracourier.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.JobRecord.Copy;
import io.soracourier.records.JobRecord.Failure;
import io.soracourier.records.JobRecord.Service;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a record from the columns of a row, which anybody may have written. */
record RecordReader(Map<String, Object> columns) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** An outcome has what came with its job, and that may be a number of any length. */
  private static final JsonFactory OUTCOME =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(RecordColumns.MAX_JSON).build())
          .build();

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * @throws RuntimeException for columns of another type, or values that make no sense
   */
  JobRecord read() {
    Instant seen = required(time("seen"));
    String copyOf = text("copyOf");
    String reason = text("reason");
    String trouble = text("trouble");
    return new JobRecord(
        text("jobId"),
        state(text("state")),
        Math.max(1, number("attempt").intValue()),
        new Chain(text("message"), required(time("first"))),
        seen,
        required(time("changed")),
        new Service(text("status"), whole("progress"), time("expires")),
        number("looks").intValue(),
        time("nextLook"),
        copyOf == null ? null : new Copy(copyOf, number("copyBytes"), numberOrNull("copyDeclared")),
        videos(),
        reason == null ? null : new Failure(reason, required(text("failure"))),
        trouble == null
            ? null
            : new Trouble(
                Trouble.Source.valueOf(required(text("troubleSource"))),
                trouble,
                required(time("troubleAt"))),
        text("correlationId"),
        earlier(),
        outcomes());
  }

  private @Nullable String text(String column) {
    return (String) columns.get(column);
  }

  private static <T> T required(@Nullable T value) {
    return Optional.ofNullable(value).orElseThrow(IllegalArgumentException::new);
  }

  private @Nullable Instant time(String column) {
    String text = text(column);
    return text == null ? null : parsedTime(text);
  }

  private static Instant parsedTime(String text) {
    Instant time = Instant.parse(text);
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw new IllegalArgumentException();
    }
    return time;
  }

  private @Nullable Long numberOrNull(String column) {
    Number number = (Number) columns.get(column);
    return number == null ? null : number.longValue();
  }

  private Long number(String column) {
    return Optional.ofNullable(numberOrNull(column)).orElse(0L);
  }

  private @Nullable Integer whole(String column) {
    Long number = numberOrNull(column);
    return number == null ? null : number.intValue();
  }

  private static RecordState state(@Nullable String code) {
    return RecordState.of(code).orElseThrow(IllegalArgumentException::new);
  }

  private List<RecordedVideo> videos() {
    List<RecordedVideo> videos = new ArrayList<>();
    for (JsonNode entry : array("videos")) {
      videos.add(
          new RecordedVideo(
              entry.path("generationId").asText(),
              entry.path("blobUrl").asText(),
              entry.path("bytes").asLong(),
              entry.path("contentMd5").asText(),
              whole(entry.path("width")),
              whole(entry.path("height")),
              whole(entry.path("seconds")),
              entry.path("thumbnailUrl").textValue(),
              entry.path("spritesheetUrl").textValue()));
    }
    return videos;
  }

  private List<PastAttempt> earlier() {
    List<PastAttempt> attempts = new ArrayList<>();
    for (JsonNode entry : array("earlier")) {
      attempts.add(
          new PastAttempt(
              entry.path("attempt").asInt(),
              state(entry.path("state").asText()),
              entry.path("reason").textValue(),
              parsedTime(entry.path("changed").asText())));
    }
    return attempts;
  }

  private List<String> outcomes() {
    List<String> outcomes = new ArrayList<>();
    for (JsonNode entry : array("outcomes")) {
      // Anyone may have written it, and it goes into a response as it is.
      if (!entry.isTextual() || !isObject(entry.textValue())) {
        throw new IllegalArgumentException();
      }
      outcomes.add(entry.textValue());
    }
    return outcomes;
  }

  private static boolean isObject(String text) {
    try (JsonParser in = OUTCOME.createParser(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      in.skipChildren();
      return in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null;
    } catch (IOException notJson) {
      return false;
    }
  }

  private static @Nullable Integer whole(JsonNode number) {
    return number.isInt() ? number.intValue() : null;
  }

  private JsonNode array(String column) {
    String text = text(column);
    return text == null ? JsonNodeFactory.instance.arrayNode() : parsed(text);
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
