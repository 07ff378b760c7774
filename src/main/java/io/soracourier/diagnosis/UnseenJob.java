package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Result;
import io.soracourier.content.JobSearch.FoundJob;
import io.soracourier.diagnosis.Diagnosis.Conclusion;
import io.soracourier.sora.JobId;
import io.soracourier.sora.SoraException;
import java.time.Instant;
import java.util.Optional;

/** What it means that the service did not give a job: as the courier's outcome has it. */
final class UnseenJob {
  private static final String ELSEWHERE =
      " The other address of the job gave one: where only that exists at this server, name its API"
          + " in COURIER_SORA_API.";

  private UnseenJob() {}

  /**
   * The service did not give the job.
   *
   * @param found with a failure
   */
  static JobConclusion of(Optional<Instant> createdById, Instant now, FoundJob found) {
    SoraException failure = found.failure().orElseThrow();
    String words = JobConclusion.end(failure.getMessage());
    JobConclusion conclusion =
        switch (failure.kind()) {
          case NOT_FOUND -> unknown(createdById, now, doubt(found.findings().get(0)));
          case WRONG_ENDPOINT ->
              new JobConclusion(
                  Conclusion.WRONG_ENDPOINT,
                  "The response is not from the API: %s".formatted(words));
          case DENIED -> JobConclusion.denied("The service denied the courier access: " + words);
          case EXPIRED -> JobConclusion.expired(words);
          case RETIRED -> JobConclusion.retired(words);
          case MODERATED -> JobConclusion.moderated("the job", words);
          case THROTTLED, UNAVAILABLE, UNREADABLE, REJECTED ->
              JobConclusion.unavailable("The service did not say how the job is: " + words);
        };
    return found.isElsewhere() ? conclusion.and(ELSEWHERE) : conclusion;
  }

  /** An id may carry its time, so that what never was is distinguished from what is no more. */
  private static JobConclusion unknown(Optional<Instant> created, Instant now, String doubt) {
    Optional<Instant> expiry = created.map(time -> time.plus(JobId.LIFETIME));
    if (expiry.filter(end -> !now.isBefore(end)).isPresent()) {
      return new JobConclusion(
          Conclusion.EXPIRED,
          "The job was created at %s, and jobs and videos are kept for 24 hours: it expired at about %s and is no longer available."
              .formatted(created.orElseThrow(), expiry.orElseThrow()));
    }
    return new JobConclusion(
        Conclusion.JOB_NOT_FOUND,
        "This resource knows no such job%s: check the id, and that AZURE_OPENAI_ENDPOINT is the resource that made it.%s"
            .formatted(
                created
                    .map(time -> " (its id says that it was created at " + time + ")")
                    .orElse(""),
                doubt));
  }

  /** From the likelier address, where the other one does not know the job. */
  private static String doubt(Finding likelier) {
    return likelier.result() == Result.WRONG_ENDPOINT
        ? " But the likelier address of such a job gave no response of the API: if a login or a proxy is in between, this says nothing of the job."
        : "";
  }
}
