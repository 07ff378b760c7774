package io.soracourier.diagnosis;

import static java.util.Objects.requireNonNull;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Result;
import io.soracourier.sora.JobId;
import io.soracourier.sora.PlaceName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was found on where a job's content is.
 *
 * @param at when it was requested
 * @param conclusion the result in one word, for a program
 * @param sentence the result in one sentence, for a person
 * @param job what is known of the job
 * @param rows all that was requested, in order
 */
public record Diagnosis(
    JobId jobId,
    Instant at,
    Conclusion conclusion,
    String sentence,
    Optional<JobSummary> job,
    List<Row> rows) {
  public Diagnosis {
    rows = List.copyOf(rows);
  }

  /** The closed set of conclusions. */
  public enum Conclusion {
    /** Every video's content was found. */
    FOUND,
    /** Some videos' content was found. */
    PARTLY_FOUND,
    /** The job is not finished. */
    NOT_READY,
    /** The job failed, was cancelled, or was refused for its content: there is no video. */
    NO_CONTENT,
    /** Too late: the service has deleted it. */
    EXPIRED,
    /** This resource does not know the job. */
    JOB_NOT_FOUND,
    /** The job succeeded, and its content is nowhere. */
    CONTENT_NOT_FOUND,
    /** A key, a role or a network rule. */
    ACCESS_DENIED,
    /** The endpoint is not the address of the API. */
    WRONG_ENDPOINT,
    /** The model is retired. */
    DEPLOYMENT_RETIRED,
    /** The service did not say. */
    UNAVAILABLE;

    /** As it is in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What is known of a job.
   *
   * @param status the service's own word
   */
  public record JobSummary(
      String status,
      Optional<Instant> createdAt,
      Optional<Instant> finishedAt,
      Optional<Instant> expiresAt,
      List<String> generations,
      Optional<String> failureReason) {}

  /**
   * One thing that people try.
   *
   * @param place its known name
   * @param generationId the video it is about, or null for the job
   * @param finding what came, or null where no request was made for it
   * @param unasked why no request was made; null where one was
   * @param explanation in words
   */
  public record Row(
      PlaceName place,
      @Nullable String generationId,
      @Nullable Finding finding,
      @Nullable Unasked unasked,
      String explanation) {

    /** Rows without a request to the video service. */
    public enum Unasked {
      /** There is no address of that kind. */
      NOTHING_TO_ASK,
      /** What people try so is a request that has another row. */
      ASKED_ALREADY,
      /** The courier has copied this video. */
      STORED,
      /** The courier has not copied this video, or not for certain: the explanation says which. */
      NOT_STORED,
      /** The storage did not say. */
      UNAVAILABLE;

      String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }

    static Row of(@Nullable String generationId, Finding finding) {
      return new Row(finding.place(), generationId, finding, null, finding.explanation());
    }

    static Row unasked(
        PlaceName place, @Nullable String generationId, Unasked unasked, String explanation) {
      return new Row(place, generationId, null, unasked, explanation);
    }

    boolean isFound() {
      return is(Result.VIDEO);
    }

    boolean is(Result verdict) {
      return finding != null && finding.result() == verdict;
    }

    /** As it is in JSON and on the page. */
    public String verdict() {
      return finding != null
          ? finding.result().code()
          : requireNonNull(unasked, "a row is of a request, or says why of none").code();
    }
  }
}
