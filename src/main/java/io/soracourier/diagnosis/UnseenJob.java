package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Result;
import io.soracourier.diagnosis.Diagnosis.Conclusion;
import io.soracourier.sora.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What it means that the service did not give a job. */
final class UnseenJob {
  private UnseenJob() {}

  /** The service did not give the job. */
  static JobConclusion of(Optional<Instant> createdById, Instant now, List<Finding> findings) {
    Finding telling = telling(findings);
    String words = JobConclusion.end(telling.explanation());
    return switch (telling.result()) {
      case NOT_FOUND -> unknown(createdById, now, doubt(findings.get(0)));
      case WRONG_ENDPOINT ->
          new JobConclusion(
              Conclusion.WRONG_ENDPOINT, "The response is not from the API: %s".formatted(words));
      case DENIED -> JobConclusion.denied("The service denied the courier access: " + words);
      case EXPIRED -> JobConclusion.expired(words);
      case RETIRED -> JobConclusion.retired(words);
      case VIDEO,
          NAMES_URLS,
          NAMES_NO_URL,
          NOT_A_VIDEO,
          THROTTLED,
          UNAVAILABLE,
          REJECTED,
          NOT_FOLLOWED ->
          JobConclusion.unavailable("The service did not say how the job is: " + words);
    };
  }

  /** A page instead of one API is inconclusive where the other one does not know the job. */
  private static Finding telling(List<Finding> findings) {
    boolean known = findings.stream().anyMatch(finding -> finding.result() == Result.NOT_FOUND);
    return findings.stream()
        .filter(finding -> finding.result() != Result.NOT_FOUND)
        .filter(finding -> !known || finding.result() != Result.WRONG_ENDPOINT)
        .findFirst()
        .orElseGet(
            () ->
                findings.stream()
                    .filter(finding -> finding.result() == Result.NOT_FOUND)
                    .findFirst()
                    .orElse(findings.get(0)));
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
