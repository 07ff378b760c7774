package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Result;
import io.soracourier.diagnosis.Diagnosis.Conclusion;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.diagnosis.JobConclusion.Evidence;
import io.soracourier.sora.ErrorWords;
import io.soracourier.sora.Generation;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.VideoJob;
import io.soracourier.url.RefusedUrlException;
import io.soracourier.video.InvalidContentException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What it means that the content of a job, or of some of its videos, is at none of the requested
 * addresses. It follows from what the courier itself meets there, so that a diagnosis and an
 * outcome say the same.
 */
final class MissingContent {
  /** Videos that a sentence names. */
  private static final int MAX_NAMED = 3;

  private static final String SOON = " If it has only just succeeded, look again in a minute.";

  private MissingContent() {}

  /** Of all videos. */
  static JobConclusion of(Evidence known) {
    Optional<RuntimeException> failure = telling(known);
    if (known.isExpired() && failure.filter(MissingContent::isFinal).isEmpty()) {
      return new JobConclusion(
          Conclusion.EXPIRED,
          "The content expired at %s and is no longer available."
              .formatted(known.expiry().orElseThrow()));
    }
    List<Generation> videos = known.job().generations();
    if (videos.isEmpty()) {
      return JobConclusion.missingForNow(
          "The job succeeded but lists no video: there is nothing to fetch.");
    }
    return failure
        .map(met -> of(known, met))
        .orElseGet(
            () ->
                JobConclusion.missing(
                    "The job succeeded, but nothing could be requested: %s."
                        .formatted(invalidIds(videos))));
  }

  private static JobConclusion of(Evidence known, RuntimeException failure) {
    String words = JobConclusion.end(String.valueOf(failure.getMessage()));
    if (failure instanceof InvalidContentException invalid) {
      return JobConclusion.missing(
          "The job succeeded, but its content is not an MP4: "
              + words
              + (invalid.isLasting() ? "" : SOON));
    }
    if (failure instanceof RefusedUrlException) {
      return JobConclusion.missing(
          "The job succeeded, but its content is only where the courier does not go: " + words);
    }
    return switch (((SoraException) failure).kind()) {
      case NOT_FOUND, REJECTED, WRONG_ENDPOINT -> nowhere(known);
      case DENIED ->
          JobConclusion.denied("The job can be seen, but its content is refused: " + words);
      case EXPIRED -> JobConclusion.expired(words);
      case RETIRED -> JobConclusion.retired(words);
      case MODERATED -> JobConclusion.moderated("the content", words);
      case THROTTLED, UNAVAILABLE, UNREADABLE ->
          JobConclusion.unavailable(
              "The service did not say whether the content is there: " + words);
    };
  }

  private static JobConclusion nowhere(Evidence known) {
    List<Finding> requested =
        known.rows().stream()
            .filter(row -> row.generationId() != null)
            .map(Row::finding)
            .filter(Objects::nonNull)
            .toList();
    return JobConclusion.missing(
        "The job succeeded, and its content is at none of the requested addresses (%d)%s.%s%s"
            .formatted(
                requested.size(),
                known.expiry().map(end -> "; it expires at " + end).orElse(""),
                SOON,
                notFollowed(requested)));
  }

  /** Only a person can remove what blocks a URL that the service gave. */
  private static String notFollowed(List<Finding> requested) {
    return requested.stream()
        .filter(finding -> finding.result() == Result.NOT_FOLLOWED)
        .findFirst()
        .map(finding -> " But " + JobConclusion.end(finding.explanation()))
        .orElse("");
  }

  /**
   * Of the videos that were not found, where others were.
   *
   * @param found rows with the others
   */
  static String ofSome(Evidence known, List<Row> found) {
    Set<String> there = found.stream().map(Row::generationId).collect(Collectors.toSet());
    List<Generation> missing =
        known.job().generations().stream().filter(video -> !there.contains(video.id())).toList();
    Stream<String> sentences =
        missing.stream().limit(MAX_NAMED).map(video -> JobConclusion.end(ofOne(known, video)));
    String more =
        missing.size() > MAX_NAMED
            ? " %d others are missing too: see the rows.".formatted(missing.size() - MAX_NAMED)
            : "";
    return sentences.collect(Collectors.joining(" ", "Missing: ", more));
  }

  private static String ofOne(Evidence known, Generation video) {
    RuntimeException failure = known.failures().get(video.id());
    String what =
        failure == null ? invalidIds(List.of(video)) : String.valueOf(failure.getMessage());
    return wordsInJob(known.job(), video)
        .map(words -> what + "; the job says of " + video.id() + ": " + words)
        .orElse(what);
  }

  /** What a job's JSON has as the failure of one of its videos. */
  private static Optional<ErrorWords> wordsInJob(VideoJob job, Generation video) {
    return StreamSupport.stream(job.response().json().path("generations").spliterator(), false)
        .filter(json -> json.path("id").asText().equals(video.id()))
        .flatMap(json -> Stream.of(json.path("failure_reason"), json.path("error")))
        .flatMap(error -> ErrorWords.of(error).stream())
        .findFirst();
  }

  private static String invalidIds(List<Generation> videos) {
    return "the service gave %s as a video's id, which cannot be a part of an address"
        .formatted(
            videos.stream()
                .limit(MAX_NAMED)
                .map(video -> "'" + video.id() + "'")
                .collect(Collectors.joining(", ")));
  }

  /** Whether the courier ends the job for it, however early. */
  static boolean isFinal(Evidence known) {
    return telling(known).filter(MissingContent::isFinal).isPresent();
  }

  private static boolean isFinal(RuntimeException failure) {
    if (failure instanceof SoraException e) {
      return switch (e.kind()) {
        case MODERATED, EXPIRED, RETIRED -> true;
        case NOT_FOUND, DENIED, THROTTLED, UNAVAILABLE, UNREADABLE, WRONG_ENDPOINT, REJECTED ->
            false;
      };
    }
    return !(failure instanceof InvalidContentException invalid) || invalid.isLasting();
  }

  /** The failure of the first video, unless another one's says more than that it is missing. */
  private static Optional<RuntimeException> telling(Evidence known) {
    List<RuntimeException> failures =
        known.job().generations().stream()
            .map(video -> known.failures().get(video.id()))
            .filter(Objects::nonNull)
            .toList();
    return failures.stream()
        .filter(
            failure ->
                !(failure instanceof SoraException e) || e.kind() != SoraException.Kind.NOT_FOUND)
        .findFirst()
        .or(() -> failures.stream().findFirst());
  }
}
