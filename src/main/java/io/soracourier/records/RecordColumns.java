package io.soracourier.records;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record as columns of a row: texts and numbers, one each, so that anyone who opens the table can
 * read it; lists and other people's JSON as JSON.
 */
final class RecordColumns {
  /** A column holds 32 Ki UTF-16 units; a video's entry is some 500 at most. */
  static final int MAX_JSON = 30_000;

  private static final Pattern HALF_CHARACTER = Pattern.compile("\\p{Cs}");

  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordColumns() {}

  static Map<String, Object> of(JobRecord job) {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("jobId", job.id());
    columns.put("state", job.state().code());
    columns.put("attempt", job.attempt());
    columns.put("message", job.chain().message());
    columns.put("first", text(job.chain().first()));
    columns.put("seen", text(job.seen()));
    columns.put("changed", text(job.changed()));
    columns.put("status", job.service().status());
    columns.put("progress", job.service().progress());
    columns.put("expires", text(job.service().expires()));
    columns.put("looks", job.looks());
    columns.put("nextLook", text(job.nextLook()));
    if (job.copy() != null) {
      columns.put("copyOf", job.copy().generationId());
      columns.put("copyBytes", job.copy().bytes());
      columns.put("copyDeclared", job.copy().declared());
    }
    columns.put("videos", videos(job.videos()));
    if (job.failure() != null) {
      columns.put("reason", job.failure().reason());
      columns.put("failure", job.failure().message());
    }
    if (job.trouble() != null) {
      columns.put("troubleSource", job.trouble().source().name());
      columns.put("trouble", job.trouble().message());
      columns.put("troubleAt", text(job.trouble().at()));
    }
    columns.put("correlationId", job.correlationId());
    columns.put("earlier", earlier(job.earlier()));
    columns.put("outcomes", outcomes(job.outcomes()));
    columns.values().removeIf(value -> value == null);
    columns.replaceAll((column, value) -> value instanceof String text ? whole(text) : value);
    return columns;
  }

  /** Empty where the row was not written by the courier. */
  static Optional<JobRecord> read(Map<String, Object> columns) {
    try {
      return Optional.of(new RecordReader(columns).read());
    } catch (ClassCastException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  /** Half of a character cannot be sent. */
  private static String whole(String text) {
    return HALF_CHARACTER.matcher(text).replaceAll("\uFFFD");
  }

  private static @Nullable String videos(List<RecordedVideo> videos) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (RecordedVideo video : videos) {
      ObjectNode entry = array.addObject();
      entry.put("generationId", video.generationId());
      entry.put("blobUrl", video.blobUrl());
      entry.put("bytes", video.bytes());
      entry.put("contentMd5", video.contentMd5());
      entry.put("width", video.width());
      entry.put("height", video.height());
      entry.put("seconds", video.seconds());
      entry.put("thumbnailUrl", video.thumbnailUrl());
      entry.put("spritesheetUrl", video.spritesheetUrl());
      if (array.toString().length() > MAX_JSON) {
        array.remove(array.size() - 1);
      }
    }
    return array.isEmpty() ? null : array.toString();
  }

  /** As many as fit, from the first. */
  private static @Nullable String outcomes(List<String> outcomes) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (String outcome : outcomes) {
      array.add(outcome);
      if (array.toString().length() > MAX_JSON) {
        array.remove(array.size() - 1);
        break;
      }
    }
    return array.isEmpty() ? null : array.toString();
  }

  private static @Nullable String earlier(List<PastAttempt> attempts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (PastAttempt attempt : attempts) {
      ObjectNode entry = array.addObject();
      entry.put("attempt", attempt.number());
      entry.put("state", attempt.state().code());
      entry.put("reason", attempt.reason());
      entry.put("changed", text(attempt.changed()));
    }
    return array.isEmpty() ? null : array.toString();
  }
}
