package io.soracourier.courier;

import static java.util.Objects.requireNonNull;

import io.soracourier.sora.Attempt;
import io.soracourier.sora.Generation;
import io.soracourier.storage.StoredVideo;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has become of one video, or of a whole job that gave none. */
public sealed interface Outcome {
  /** The generation it is about; null where it is about the job. */
  @Nullable String generationId();

  /**
   * There is a whole, verified blob.
   *
   * @param bytes its length
   * @param contentMd5 MD5 of the whole, in Base64
   * @param number which of the job's generations it is, from 1
   * @param count how many generations the job has announced so far
   * @param copiedAt when the blob was made, the same for every delivery of the job
   * @param fetched whether its content came in this look; else the blob was there already
   */
  record Copied(
      Generation generation,
      URI blobUrl,
      long bytes,
      String contentMd5,
      int number,
      int count,
      Instant copiedAt,
      boolean fetched)
      implements Outcome {
    @Override
    public String generationId() {
      return generation.id();
    }

    static Copied of(Generation generation, CopyResult.Copied result, int number, int count) {
      StoredVideo stored = result.video();
      return new Copied(
          generation,
          stored.url(),
          stored.bytes(),
          requireNonNull(stored.contentMd5(), "what was verified has one"),
          number,
          count,
          stored.lastModified(),
          result.fetched());
    }

    /** The same as one of so many. */
    Copied among(int all) {
      return new Copied(generation, blobUrl, bytes, contentMd5, number, all, copiedAt, fetched);
    }
  }

  /**
   * There is no video, and there will be none.
   *
   * @param message the request, the response, what to do
   * @param attempts the requests and responses behind it
   */
  record Failed(
      @Nullable String generationId,
      FailureReason reason,
      String message,
      List<Attempt> attempts,
      Instant failedAt)
      implements Outcome {
    public Failed {
      attempts = List.copyOf(attempts);
    }

    Failed after(String sentence) {
      return new Failed(generationId, reason, after(sentence, message), attempts, failedAt);
    }

    static String after(String sentence, String message) {
      return sentence + ", and " + message;
    }

    Failed until(String end) {
      return new Failed(
          generationId, reason, message + "; retried until " + end, attempts, failedAt);
    }

    Failed about(String generation) {
      return new Failed(generation, reason, message, attempts, failedAt);
    }
  }
}
