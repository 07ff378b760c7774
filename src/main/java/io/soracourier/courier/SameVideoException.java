package io.soracourier.courier;

import static java.util.Objects.requireNonNull;

import io.soracourier.sora.Generation;

/** The server gave, for one video of a job, another one that is stored already. */
final class SameVideoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param other whose video it is
   */
  SameVideoException(Generation other) {
    super(
        "the server returned %s again: it was not stored a second time. Either it ignores which of the job's videos is requested, or it made that one twice"
            .formatted(other.index() == 0 ? "the first video" : "the video " + other.id()));
  }

  /** Each has one. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
