package io.soracourier.content;

import io.soracourier.sora.Attempt;
import io.soracourier.sora.ServiceResponse;
import io.soracourier.sora.SoraException;
import io.soracourier.url.RefusedUrlException;
import io.soracourier.video.OtherForm;
import java.util.Optional;

/** What one request for content, or for a job, came to. */
sealed interface ProbeResult {
  /** The same for people. */
  Finding finding();

  /** The response's JSON object or array; also of one with 202, "not ready". */
  default Optional<ServiceResponse> json() {
    return Optional.empty();
  }

  /** The same as evidence in a failure. */
  default Attempt attempt() {
    Finding finding = finding();
    Integer status = finding.response() == null ? null : finding.response().status();
    return Attempt.get(finding.candidate().shown(), status, finding.explanation());
  }

  /**
   * The video.
   *
   * @param response its body is unread; must be closed
   */
  record Video(Finding finding, ContentResponse response) implements ProbeResult {}

  /**
   * A response with 2xx that is not the video.
   *
   * @param form of a video that is not an MP4, where the response is one
   */
  record NoVideo(Finding finding, Optional<OtherForm> form, Optional<ServiceResponse> json)
      implements ProbeResult {}

  /** A URL that is not followed. */
  record NotFollowed(Finding finding, RefusedUrlException refusal) implements ProbeResult {}

  /**
   * No response, or a response that is a failure.
   *
   * @param failure what to throw when nothing better is found
   */
  record Failed(Finding finding, SoraException failure, Optional<ServiceResponse> json)
      implements ProbeResult {
    @Override
    public Attempt attempt() {
      return failure.attempts().get(0);
    }
  }
}
