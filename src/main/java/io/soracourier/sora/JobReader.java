package io.soracourier.sora;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads a job from a response, of which only the status must be there. */
@ApplicationScoped
public class JobReader {
  private final Endpoint endpoint;
  private final SoraErrors errors;

  JobReader(Endpoint endpoint, SoraErrors errors) {
    this.endpoint = endpoint;
    this.errors = errors;
  }

  /**
   * @throws SoraException when the response is not a job
   */
  public VideoJob read(JobId id, VideoApi api, ServiceResponse answer) {
    if (answer.json().path("status").isTextual()) {
      try {
        return api.read(id, answer, endpoint);
      } catch (JsonProcessingException e) {
        // reported below, with the body as evidence
      }
    }
    throw errors.unreadable(answer.uri(), 200, answer.json().toString());
  }
}
