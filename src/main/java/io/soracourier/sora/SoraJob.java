package io.soracourier.sora;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A Sora 1 job on the wire; every field but the status may be absent. Times are Unix seconds. */
@RegisterForReflection
record SoraJob(
    String status,
    @JsonProperty("created_at") Long createdAt,
    @JsonProperty("finished_at") Long finishedAt,
    @JsonProperty("expires_at") Long expiresAt,
    List<SoraGeneration> generations,
    Integer height,
    Integer width,
    @JsonProperty("n_seconds") Integer seconds,
    @JsonProperty("failure_reason") String failureReason) {

  /** One of its videos. */
  @RegisterForReflection
  record SoraGeneration(
      String id, Integer height, Integer width, @JsonProperty("n_seconds") Integer seconds) {}
}
