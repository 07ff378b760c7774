package io.soracourier.function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.soracourier.courier.FailureReason;
import io.soracourier.courier.Outcome;
import io.soracourier.pictures.Picture;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.Generation;
import io.soracourier.text.Excerpt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the queue {@code sora-videos}: one flat object per outcome, {@code status} first; see
 * {@code docs/reference/schema/video-message.schema.json}. Each is text, JSON on one line: the
 * Functions host rewrites dates and numbers in objects that a function returns, and leaves text in
 * an array alone.
 */
final class VideoMessage {
  /** In bytes of UTF-8; well below the 64 KiB of a queue message. */
  static final int MAX_BYTES = 48 * 1024;

  private static final int MAX_TEXT = 4 * 1024;

  private VideoMessage() {}

  /**
   * @param pictures of the video
   */
  static String of(Outcome outcome, List<Picture> pictures, JobMessage job, int looks) {
    ObjectNode message;
    if (outcome instanceof Outcome.Copied copied) {
      message = copied(copied, pictures, job);
    } else {
      message = failed((Outcome.Failed) outcome, job.jobId().value(), job.correlationId());
    }
    message.put("looks", looks);
    if (HarvestMessages.isHarvested(job)) {
      message.put(HarvestMessages.SOURCE, HarvestMessages.HARVEST);
    }
    return fitted(message);
  }

  static String invalid(InvalidMessageException e, Instant now) {
    Outcome.Failed failure =
        new Outcome.Failed(null, FailureReason.INVALID_MESSAGE, e.getMessage(), List.of(), now);
    return fitted(failed(failure, e.offending(), e.correlationId()).put("looks", 0));
  }

  private static ObjectNode copied(Outcome.Copied copied, List<Picture> pictures, JobMessage job) {
    Generation generation = copied.generation();
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("status", "copied");
    message.put("jobId", job.jobId().value());
    message.put("generationId", generation.id());
    message.put("blobUrl", copied.blobUrl().toString());
    message.put("bytes", copied.bytes());
    message.put("contentMd5", copied.contentMd5());
    putIfKnown(message, "width", generation.width());
    putIfKnown(message, "height", generation.height());
    putIfKnown(message, "seconds", generation.seconds());
    pictures.forEach(picture -> put(message, picture));
    message.put("generation", copied.number());
    message.put("generations", copied.count());
    putCorrelationId(message, job.correlationId());
    message.put("copiedAt", time(copied.copiedAt()));
    return message;
  }

  /** {@code thumbnailUrl}, or {@code thumbnail} with the reason why there is none. */
  private static void put(ObjectNode message, Picture picture) {
    if (picture instanceof Picture.Stored stored) {
      message.put(picture.kind().code() + "Url", stored.url().toString());
    } else if (picture instanceof Picture.Missing missing) {
      message.put(picture.kind().code(), missing.why().code());
    }
  }

  private static ObjectNode failed(
      Outcome.Failed failed, String jobId, @Nullable String correlationId) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("status", "failed");
    message.put("jobId", jobId);
    if (failed.generationId() != null) {
      message.put("generationId", failed.generationId());
    }
    message.put("reason", failed.reason().code());
    message.put("message", cut(failed.message()));
    ArrayNode attempts = message.putArray("attempts");
    for (Attempt attempt : failed.attempts()) {
      ObjectNode entry = attempts.addObject();
      entry.put("request", attempt.request());
      if (attempt.status() != null) {
        entry.put("status", attempt.status());
      }
      entry.put("error", cut(attempt.error()));
    }
    putCorrelationId(message, correlationId);
    message.put("failedAt", time(failed.failedAt()));
    return message;
  }

  private static String fitted(ObjectNode message) {
    String text = text(message);
    if (message.path("attempts") instanceof ArrayNode attempts) {
      while (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES && !attempts.isEmpty()) {
        int kept = attempts.size() * 3 / 4;
        while (attempts.size() > kept) {
          attempts.remove(attempts.size() - 1);
        }
        text = text(message);
      }
    }
    return text;
  }

  private static String text(ObjectNode message) {
    return VerbatimJson.sendable(message.toString());
  }

  private static void putIfKnown(ObjectNode message, String name, @Nullable Integer value) {
    if (value != null && value > 0) {
      message.put(name, value);
    }
  }

  private static void putCorrelationId(ObjectNode message, @Nullable String correlationId) {
    if (correlationId != null) {
      message.putRawValue("correlationId", new RawValue(correlationId));
    }
  }

  private static String cut(String text) {
    return Excerpt.cut(text, MAX_TEXT);
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
