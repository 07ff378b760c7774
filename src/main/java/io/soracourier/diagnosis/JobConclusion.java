package io.soracourier.diagnosis;

import static java.util.Objects.requireNonNull;

import io.soracourier.content.Finding;
import io.soracourier.diagnosis.Diagnosis.Conclusion;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.sora.VideoJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a diagnosis mean.
 *
 * @param sentence for a person
 */
record JobConclusion(Conclusion conclusion, String sentence) {
  private static final String AGAIN = " Try again in a minute.";

  /**
   * What is known of a job that the service gave.
   *
   * @param expiry when its content is deleted, as far as that is known
   * @param failures what the courier meets instead of a video, by its id
   */
  record Evidence(
      VideoJob job,
      Optional<Instant> expiry,
      Instant now,
      List<Row> rows,
      Map<String, RuntimeException> failures) {
    boolean isExpired() {
      return expiry.filter(end -> !now.isBefore(end)).isPresent();
    }
  }

  static JobConclusion of(Evidence known) {
    VideoJob job = known.job();
    return switch (job.state()) {
      case UNFINISHED -> notReady(job);
      case UNKNOWN ->
          firstFound(known).isEmpty() && !MissingContent.isFinal(known)
              ? notReady(job)
              : ofSuccess(known);
      case EXPIRED ->
          new JobConclusion(
              Conclusion.EXPIRED,
              "The service says that the job is '%s': it is no longer available."
                  .formatted(job.status()));
      case FAILED, CANCELLED ->
          new JobConclusion(
              Conclusion.NO_CONTENT,
              "The job ended as '%s'%s: there is no content, and there will be none.%s"
                  .formatted(
                      job.status(),
                      job.failure().map(reason -> " for the reason '" + reason + "'").orElse(""),
                      job.moderated() ? " Change the prompt or the input." : ""));
      case SUCCEEDED -> ofSuccess(known);
    };
  }

  private static JobConclusion notReady(VideoJob job) {
    return new JobConclusion(
        Conclusion.NOT_READY,
        "The job is '%s': there is no content yet. Put its id on the queue sora-jobs, and the courier fetches the video when it is done."
            .formatted(job.status()));
  }

  private static JobConclusion ofSuccess(Evidence known) {
    List<Row> found = firstFound(known);
    if (found.isEmpty()) {
      return MissingContent.of(known);
    }
    int videos = known.job().generations().size();
    String first =
        how(requireNonNull(found.get(0).finding(), "found by a request"))
            + expiry(known)
            + notByCourier(known, found);
    if (found.size() < videos) {
      return new JobConclusion(
          Conclusion.PARTLY_FOUND,
          "%d of the job's %d videos are available, the first of them with %s. %s"
              .formatted(found.size(), videos, first, MissingContent.ofSome(known, found)));
    }
    return new JobConclusion(
        Conclusion.FOUND,
        (videos == 1
                ? "The video is there: " + first + "."
                : "All %d videos are there, the first with %s.".formatted(videos, first))
            + fewer(known.job()));
  }

  private static String expiry(Evidence known) {
    return known
        .job()
        .expiresAt()
        .map(
            end ->
                known.now().isBefore(end)
                    ? ", until " + end
                    : "; it should have expired at %s and is still there".formatted(end))
        .orElse("");
  }

  /** The courier requests less than a diagnosis where a response is a refusal or a failure. */
  private static String notByCourier(Evidence known, List<Row> found) {
    boolean several = known.job().generations().size() > 1;
    return found.stream()
        .flatMap(
            row ->
                Optional.ofNullable(known.failures().get(row.generationId()))
                    .map(met -> notRequested(several ? row.generationId() : null, met))
                    .stream())
        .findFirst()
        .orElse("");
  }

  /**
   * @param video null of a job that has no other
   */
  private static String notRequested(@Nullable String video, RuntimeException met) {
    return ". The courier does not request %s, because %s"
        .formatted(video == null ? "it there" : video + " where it was found", met.getMessage());
  }

  private static String fewer(VideoJob job) {
    Integer expected = job.expectedVideos();
    int listed = job.generations().size();
    return expected != null && expected > listed
        ? " The job was to make %d videos, and the service lists %d: what it does not list cannot be fetched."
            .formatted(expected, listed)
        : "";
  }

  /** The row with the video of each generation that has one. */
  private static List<Row> firstFound(Evidence known) {
    return known.job().generations().stream()
        .flatMap(
            generation ->
                known.rows().stream()
                    .filter(row -> row.isFound() && generation.id().equals(row.generationId()))
                    .limit(1))
        .toList();
  }

  JobConclusion and(String more) {
    return new JobConclusion(conclusion, sentence + more);
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

  /**
   * @param what was refused
   * @param words which say what to do
   */
  static JobConclusion moderated(String what, String words) {
    return new JobConclusion(
        Conclusion.NO_CONTENT,
        "The service refused %s for its content policy, and there will be no video: %s"
            .formatted(what, words));
  }

  static JobConclusion unavailable(String sentence) {
    return new JobConclusion(Conclusion.UNAVAILABLE, sentence + AGAIN);
  }

  static JobConclusion missing(String sentence) {
    return new JobConclusion(Conclusion.CONTENT_NOT_FOUND, sentence);
  }

  static JobConclusion missingForNow(String sentence) {
    return missing(sentence + AGAIN);
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
