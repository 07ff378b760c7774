package io.soracourier.sora;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A video of the {@code /videos} API on the wire. Times are Unix seconds.
 *
 * @param seconds a number in a string
 * @param size {@code WIDTHxHEIGHT}
 */
@RegisterForReflection
record Video(
    String status,
    @JsonProperty("created_at") Long createdAt,
    @JsonProperty("completed_at") Long completedAt,
    @JsonProperty("expires_at") Long expiresAt,
    String seconds,
    String size,
    Failure error) {

  /** Why it failed. */
  @RegisterForReflection
  record Failure(String code, String message) {
    /** Some servers put the sentence alone where Azure puts an object. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Failure of(String message) {
      return message.isBlank() ? null : new Failure(null, message);
    }
  }
}
