package io.soracourier.api;

import io.soracourier.storage.StorageException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.function.Supplier;

/** The problems of calls that read records, queues or blobs. */
final class StorageProblems {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private StorageProblems() {}

  /** No records are kept. */
  static Problem off() {
    return Problem.of(
        Status.NOT_FOUND,
        "This app keeps no records of jobs; name a table in the setting courier.jobs.table, or read"
            + " the outcomes from the queue sora-videos.");
  }

  /**
   * Reads something from the storage.
   *
   * @param what continuing "… cannot be read now"
   * @throws Problem with the storage's own sentence, when that fails
   */
  static <T> T reading(String what, Supplier<T> read) {
    try {
      return read.get();
    } catch (StorageException e) {
      throw unavailable(what + " cannot be read now: ", e.getMessage());
    }
  }

  static Problem unavailable(String what, String why) {
    return Problem.of(
            Status.SERVICE_UNAVAILABLE, what + why + "; call again after the time in Retry-After.")
        .retryAfter(PAUSE);
  }
}
