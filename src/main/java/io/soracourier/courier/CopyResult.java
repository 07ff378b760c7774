package io.soracourier.courier;

import io.soracourier.storage.Owner;
import io.soracourier.storage.StoredVideo;
import io.soracourier.text.Excerpt;
import io.soracourier.video.InvalidContentException;
import org.jspecify.annotations.Nullable;

/** What came of copying a generation's video. */
sealed interface CopyResult {
  /** Whether there is content, and it is not a whole MP4. */
  default boolean isInvalid() {
    return false;
  }

  /**
   * It is stored.
   *
   * @param fetched whether its content was received for that; else an earlier delivery stored it
   */
  record Copied(StoredVideo video, boolean fetched) implements CopyResult {}

  /**
   * It is copied later.
   *
   * @param cause what it waits for
   * @param why one line for the log
   * @param message the same at each attempt: what people read of a job that waits as before is not
   *     written again
   */
  record Deferred(Waiting cause, String why, String message) implements CopyResult {
    /** The maximum of concurrent copies is running, or the process is ending. */
    static final Deferred NO_SLOT =
        new Deferred(
            Waiting.COPY,
            "waiting for a copy",
            "waiting for a copy to end: the maximum of concurrent copies is running"
                + " (courier.copy.concurrency)");

    /** The process is ending, and the rest would take too long. */
    static final Deferred PROCESS_ENDS =
        new Deferred(Waiting.COURIER, "deferred", "the process ended before the copy did");
  }

  /** It is not stored, and will not be. */
  record Refused(FailureReason reason, String message) implements CopyResult {
    private static final int MAX_ID = 100;

    /** The video is larger than {@code courier.content.max-size}. */
    static Refused tooLarge(String size, long allowed) {
      return new Refused(
          FailureReason.TOO_LARGE,
          "the content %s bytes, and courier.content.max-size allows %d; raise it, then enqueue the job again"
              .formatted(size, allowed));
    }

    /** Something else has the blob's name. It is kept. */
    static Refused differentBlob(StoredVideo other) {
      return new Refused(
          FailureReason.STORAGE_DENIED,
          "another blob is at %s (%d bytes, %s%s) and was kept; move it away, then enqueue the job again"
              .formatted(
                  other.url(),
                  other.bytes(),
                  other.contentMd5() == null ? "no MD5" : "MD5 " + other.contentMd5(),
                  owner(other.owner())));
    }

    private static String owner(Owner other) {
      return other.kind() == Owner.Kind.OTHER
          ? ", by its metadata of job %s, generation %s"
              .formatted(id(other.jobId()), id(other.generationId()))
          : "";
    }

    /** Somebody else's text. */
    private static String id(@Nullable String kept) {
      return Excerpt.of(kept == null ? "unknown" : kept, MAX_ID);
    }
  }

  /** What {@code content}, {@code sora} or {@code storage} threw, or a bug. */
  record Failed(RuntimeException cause) implements CopyResult {
    @Override
    public boolean isInvalid() {
      return cause instanceof InvalidContentException;
    }
  }
}
