package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Verdict;
import io.soracourier.diagnosis.Diagnosis.Conclusion;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.sora.JobId;
import io.soracourier.sora.VideoJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the rows of a diagnosis mean.
 *
 * @param sentence for a person
 */
record JobVerdict(Conclusion conclusion, String sentence) {
  /** The service did not give the job. */
  static JobVerdict missing(JobId id, Instant now, List<Finding> answers) {
    Finding telling =
        answers.stream().filter(JobVerdict::isTelling).findFirst().orElse(answers.get(0));
    Optional<Instant> expiry = id.createdAt(now).map(created -> created.plus(JobId.LIFETIME));
    Conclusion conclusion =
        switch (telling.verdict()) {
          case DENIED -> Conclusion.ACCESS_DENIED;
          case RETIRED -> Conclusion.DEPLOYMENT_RETIRED;
          case NOT_FOUND ->
              expiry.filter(end -> !now.isBefore(end)).isPresent()
                  ? Conclusion.EXPIRED
                  : Conclusion.JOB_NOT_FOUND;
          case VIDEO,
              NAMES_URLS,
              NAMES_NO_URL,
              NOT_A_VIDEO,
              THROTTLED,
              UNAVAILABLE,
              REJECTED,
              NOT_FOLLOWED ->
              Conclusion.UNAVAILABLE;
        };
    String sentence =
        switch (conclusion) {
          case EXPIRED ->
              "The job was created at %s, and jobs and videos are kept for 24 hours: it expired at about %s and cannot be had any more."
                  .formatted(id.createdAt(now).orElseThrow(), expiry.orElseThrow());
          case JOB_NOT_FOUND ->
              "This resource knows no such job%s: check the id, and that AZURE_OPENAI_ENDPOINT is the resource that made it."
                  .formatted(
                      id.createdAt(now)
                          .map(created -> " (its id says that it was created at " + created + ")")
                          .orElse(""));
          case ACCESS_DENIED ->
              "The service did not let the courier in: " + telling.explanation() + ".";
          case DEPLOYMENT_RETIRED ->
              "The deployment's model is retired, and what it made cannot be had any more: "
                  + telling.explanation()
                  + ".";
          case FOUND, PARTLY_FOUND, NOT_READY, NO_CONTENT, CONTENT_NOT_FOUND, UNAVAILABLE ->
              "The service did not say how the job is: "
                  + telling.explanation()
                  + ". Try again in a minute.";
        };
    return new JobVerdict(conclusion, sentence);
  }

  static JobVerdict of(VideoJob job, Instant now, List<Row> rows) {
    Conclusion conclusion =
        switch (job.state()) {
          case QUEUED, PREPROCESSING, RUNNING, PROCESSING, IN_PROGRESS, UNKNOWN ->
              Conclusion.NOT_READY;
          case FAILED, CANCELLED -> Conclusion.NO_CONTENT;
          case SUCCEEDED -> ofSuccess(job, now, rows);
        };
    return new JobVerdict(conclusion, sentence(conclusion, job, now, rows));
  }

  private static Conclusion ofSuccess(VideoJob job, Instant now, List<Row> rows) {
    long found =
        job.generations().stream()
            .filter(
                generation ->
                    rows.stream()
                        .anyMatch(
                            row -> generation.id().equals(row.generationId()) && row.isFound()))
            .count();
    if (found > 0) {
      return found == job.generations().size() ? Conclusion.FOUND : Conclusion.PARTLY_FOUND;
    }
    if (job.expiresAt().filter(end -> !now.isBefore(end)).isPresent()) {
      return Conclusion.EXPIRED;
    }
    return rows.stream().anyMatch(row -> row.generationId() != null && is(row, Verdict.DENIED))
        ? Conclusion.ACCESS_DENIED
        : Conclusion.CONTENT_NOT_FOUND;
  }

  private static String sentence(Conclusion conclusion, VideoJob job, Instant now, List<Row> rows) {
    return switch (conclusion) {
      case FOUND, PARTLY_FOUND ->
          "%s of the job's %d video(s) can be had now: %s%s."
              .formatted(
                  conclusion == Conclusion.FOUND ? "All" : "Some",
                  job.generations().size(),
                  rows.stream().filter(Row::isFound).map(JobVerdict::how).findFirst().orElseThrow(),
                  job.expiresAt().map(end -> ", until " + end).orElse(""));
      case NOT_READY ->
          "The job is '%s': there is no content yet. Enqueue its id, and the courier fetches the video when it is done."
              .formatted(job.status());
      case NO_CONTENT ->
          "The job ended as '%s'%s: there is no content, and there will be none."
              .formatted(
                  job.status(),
                  job.failureReason().map(reason -> " for the reason " + reason).orElse(""));
      case EXPIRED ->
          "The content expired at %s and cannot be had any more."
              .formatted(job.expiresAt().orElse(now));
      case ACCESS_DENIED ->
          "The job can be seen, but its content is refused: see the answers below for what to check.";
      case CONTENT_NOT_FOUND ->
          job.generations().isEmpty()
              ? "The job succeeded but names no generation: there is nothing to fetch. Look again in a minute."
              : "The job succeeded, and its content is at none of %d places that were asked%s."
                  .formatted(
                      rows.stream().filter(row -> row.finding() != null).count() - 1,
                      job.expiresAt().map(end -> "; it expires at " + end).orElse(""));
      case JOB_NOT_FOUND, DEPLOYMENT_RETIRED, UNAVAILABLE ->
          throw new IllegalStateException(conclusion + " is said of no job");
    };
  }

  private static String how(Row row) {
    return "GET %s, %s (%s)"
        .formatted(
            row.finding().printableUri(),
            row.finding().credential()
                ? "with the same credential as the job"
                : "without a credential",
            row.name());
  }

  private static boolean isTelling(Finding finding) {
    return finding.verdict() != Verdict.NOT_FOUND;
  }

  private static boolean is(Row row, Verdict verdict) {
    return row.finding() != null && row.finding().verdict() == verdict;
  }
}
