package io.soracourier.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.soracourier.records.JobRecord;
import io.soracourier.records.PastAttempt;
import io.soracourier.records.RecordState;
import io.soracourier.records.RecordedVideo;
import io.soracourier.records.Trouble;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A record as JSON: {@code Job} of {@code docs/reference/schema/openapi.yaml}. What is not known is
 * left out.
 */
final class JobJson {
  static final String OVERDUE = "overdue";

  private JobJson() {}

  /** The word for the state: that of the record, or {@code overdue}. */
  static String state(JobRecord job, Instant now) {
    return job.isOverdue(now) ? OVERDUE : job.state().code();
  }

  /** The record with the messages about it, which a list leaves out. */
  static ObjectNode whole(JobRecord job, Instant now) {
    ObjectNode json = of(job, now);
    if (!job.outcomes().isEmpty()) {
      ArrayNode outcomes = json.putArray("outcomes");
      job.outcomes().forEach(outcome -> outcomes.addRawValue(new RawValue(outcome)));
    }
    return json;
  }

  static ObjectNode of(JobRecord job, Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    put(json, "jobId", job.id());
    if (job.id() == null) {
      put(json, "messageId", job.chain().message());
    }
    json.put("state", state(job, now));
    json.put("attempt", job.attempt());
    json.put("looks", job.looks());
    put(json, "status", job.service().status());
    put(json, "progress", job.service().progress());
    put(json, "nextLookAt", job.nextLook());
    put(json, "expiresAt", job.service().expires());
    if (job.state() == RecordState.COPYING && job.copy() != null) {
      ObjectNode copy = json.putObject("copy");
      copy.put("generationId", job.copy().generationId());
      copy.put("bytes", job.copy().bytes());
      if (job.copy().declared() != null) {
        copy.put("of", job.copy().declared());
      }
    }
    ArrayNode videos = json.putArray("videos");
    job.videos().forEach(video -> videos.add(of(video)));
    if (job.failure() != null) {
      json.put("reason", job.failure().reason());
      json.put("message", job.failure().message());
    }
    if (job.trouble() != null) {
      json.set("trouble", of(job.trouble()));
    }
    if (job.correlationId() != null) {
      json.putRawValue("correlationId", new RawValue(job.correlationId()));
    }
    put(json, "firstSeenAt", job.seen());
    put(json, "changedAt", job.changed());
    if (!job.earlier().isEmpty()) {
      ArrayNode earlier = json.putArray("earlier");
      job.earlier().forEach(attempt -> earlier.add(of(attempt)));
    }
    return json;
  }

  static ObjectNode of(Trouble trouble) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("source", trouble.source().name().toLowerCase(Locale.ROOT));
    json.put("message", trouble.message());
    put(json, "at", trouble.at());
    return json;
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode of(RecordedVideo video) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("generationId", video.generationId());
    json.put("blobUrl", video.blobUrl());
    json.put("bytes", video.bytes());
    json.put("contentMd5", video.contentMd5());
    put(json, "width", video.width());
    put(json, "height", video.height());
    put(json, "seconds", video.seconds());
    put(json, "thumbnailUrl", video.thumbnailUrl());
    put(json, "spritesheetUrl", video.spritesheetUrl());
    return json;
  }

  private static ObjectNode of(PastAttempt attempt) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("attempt", attempt.number());
    json.put("state", attempt.state().code());
    put(json, "reason", attempt.reason());
    put(json, "changedAt", attempt.changed());
    return json;
  }

  private static void put(ObjectNode json, String name, @Nullable Instant time) {
    put(json, name, time == null ? null : time(time));
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void put(ObjectNode json, String name, @Nullable Integer value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
