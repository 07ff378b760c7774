package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Result;
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
record JobConclusion(Conclusion conclusion, String sentence) {
  private static final String AGAIN = " Try again in a minute.";

  static JobConclusion of(
      VideoJob job, Optional<Instant> createdById, Instant now, List<Row> rows) {
    return switch (job.state()) {
      case UNFINISHED -> notReady(job);
      case UNKNOWN ->
          firstFound(job, rows).isEmpty() ? notReady(job) : ofSuccess(job, createdById, now, rows);
      case EXPIRED ->
          new JobConclusion(
              Conclusion.EXPIRED,
              "The service says that the job is '%s': it is no longer available."
                  .formatted(job.status()));
      case FAILED, CANCELLED ->
          new JobConclusion(
              Conclusion.NO_CONTENT,
              "The job ended as '%s'%s: there is no content, and there will be none."
                  .formatted(
                      job.status(),
                      job.failure().map(reason -> " for the reason '" + reason + "'").orElse("")));
      case SUCCEEDED -> ofSuccess(job, createdById, now, rows);
    };
  }

  private static JobConclusion notReady(VideoJob job) {
    return new JobConclusion(
        Conclusion.NOT_READY,
        "The job is '%s': there is no content yet. Put its id on the queue sora-jobs, and the courier fetches the video when it is done."
            .formatted(job.status()));
  }

  private static JobConclusion ofSuccess(
      VideoJob job, Optional<Instant> createdById, Instant now, List<Row> rows) {
    int videos = job.generations().size();
    List<Finding> found = firstFound(job, rows);
    if (found.isEmpty()) {
      return nowhere(job, createdById, now, rows);
    }
    String first = how(found.get(0)) + job.expiresAt().map(end -> ", until " + end).orElse("");
    if (found.size() < videos) {
      return new JobConclusion(
          Conclusion.PARTLY_FOUND,
          "%d of the job's %d videos are available, the first of them with %s."
              .formatted(found.size(), videos, first));
    }
    return new JobConclusion(
        Conclusion.FOUND,
        videos == 1
            ? "The video is there: " + first + "."
            : "All %d videos are there, the first with %s.".formatted(videos, first));
  }

  /** The response with the video of each generation that has one. */
  private static List<Finding> firstFound(VideoJob job, List<Row> rows) {
    return job.generations().stream()
        .flatMap(
            generation ->
                rows.stream()
                    .filter(row -> row.isFound() && generation.id().equals(row.generationId()))
                    .map(Row::finding)
                    .limit(1))
        .toList();
  }

  private static JobConclusion nowhere(
      VideoJob job, Optional<Instant> createdById, Instant now, List<Row> rows) {
    Optional<Instant> expiry =
        job.expiresAt()
            .or(
                () ->
                    job.createdAt()
                        .or(() -> createdById)
                        .map(created -> created.plus(JobId.LIFETIME)));
    if (expiry.filter(end -> !now.isBefore(end)).isPresent()) {
      return new JobConclusion(
          Conclusion.EXPIRED,
          "The content expired at %s and is no longer available.".formatted(expiry.get()));
    }
    if (job.generations().isEmpty()) {
      return new JobConclusion(
          Conclusion.CONTENT_NOT_FOUND,
          "The job succeeded but lists no video: there is nothing to fetch." + AGAIN);
    }
    List<Finding> requested =
        rows.stream()
            .filter(row -> row.generationId() != null && row.finding() != null)
            .map(Row::finding)
            .toList();
    return requested.stream()
        .filter(JobConclusion::isTelling)
        .findFirst()
        .map(JobConclusion::refused)
        .orElseGet(
            () ->
                new JobConclusion(
                    Conclusion.CONTENT_NOT_FOUND,
                    "The job succeeded, and its content is at none of the requested addresses (%d)%s. If it has only just succeeded, look again in a minute."
                            .formatted(
                                requested.size(),
                                expiry.map(end -> "; it expires at " + end).orElse(""))
                        + notFollowed(requested)));
  }

  /** Only a person can remove what blocks a URL that the service gave. */
  private static String notFollowed(List<Finding> requested) {
    return requested.stream()
        .filter(finding -> finding.result() == Result.NOT_FOLLOWED)
        .findFirst()
        .map(finding -> " But " + end(finding.explanation()))
        .orElse("");
  }

  /** Whether a response leaves open that the content is there; those to guesses do not. */
  private static boolean isTelling(Finding finding) {
    return switch (finding.result()) {
      case RETIRED, EXPIRED, THROTTLED, UNAVAILABLE -> true;
      case DENIED -> finding.isKnown();
      case VIDEO,
          NAMES_URLS,
          NAMES_NO_URL,
          NOT_A_VIDEO,
          NOT_FOUND,
          WRONG_ENDPOINT,
          REJECTED,
          NOT_FOLLOWED ->
          false;
    };
  }

  private static JobConclusion refused(Finding finding) {
    String words = end(finding.explanation());
    return switch (finding.result()) {
      case DENIED -> denied("The job can be seen, but its content is refused: " + words);
      case EXPIRED -> expired(words);
      case RETIRED -> retired(words);
      default -> unavailable("The service did not say whether the content is there: " + words);
    };
  }

  static JobConclusion denied(String sentence) {
    return new JobConclusion(Conclusion.ACCESS_DENIED, sentence);
  }

  static JobConclusion expired(String words) {
    return new JobConclusion(Conclusion.EXPIRED, "The service has deleted it: " + words);
  }

  static JobConclusion retired(String words) {
    return new JobConclusion(Conclusion.DEPLOYMENT_RETIRED, "The deployment is retired: " + words);
  }

  static JobConclusion unavailable(String sentence) {
    return new JobConclusion(Conclusion.UNAVAILABLE, sentence + AGAIN);
  }

  private static String how(Finding finding) {
    return "GET %s, %s (%s)"
        .formatted(
            finding.printableUri(),
            finding.credential() ? "with the same credential as the job" : "without a credential",
            finding.place().label());
  }

  static String end(String words) {
    return words.matches("(?s).*[.!?…]") ? words : words + ".";
  }
}
