package io.soracourier.sora;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A shape of the HTTP API that finished videos are fetched from: its addresses, how a job is read,
 * which ids it issues, where else the content may be. {@link VideoApis} has them in the order in
 * which they are tried. Paths are relative to the {@linkplain Endpoint#base() base} of the
 * endpoint, begin with a slash, and include the query.
 *
 * <p>A new shape is one implementation, added to that list.
 */
public interface VideoApi {
  /** What {@code courier.sora.api} calls it. */
  String name();

  /** Whether ids of this form are issued by it, as far as the form shows. */
  boolean recognises(JobId id);

  /** The time that its ids carry, not yet checked for sense; empty where they carry none. */
  Optional<Instant> timeIn(JobId id);

  /** Whether a text is rather the id of one of a job's videos, which people take for the job's. */
  boolean isVideoId(String text);

  /** Whether a job and its first video share their id, so that both have the same addresses. */
  boolean isJobItsVideo();

  /** A job: GET. */
  String job(JobId id);

  /** The newest jobs: GET. */
  String jobs();

  /** A page of the list of all jobs: GET. A server may ignore any part of the query. */
  String jobs(JobsQuery query);

  /** The documented address of a video's content: GET. */
  String content(String videoId);

  /**
   * The addresses of a video's content of which one is documented, the likelier first.
   *
   * @param videoId of {@link Generation#isId}; one that is not of this shape has none
   */
  default List<String> contents(String videoId) {
    return JobId.isId(videoId) ? List.of(content(videoId)) : List.of();
  }

  /**
   * The documented address of a picture beside a video: GET. Empty where the API has none.
   *
   * @param videoId of {@link Generation#isId}
   */
  Optional<String> picture(PictureKind kind, String videoId);

  /** The API's state of one video of a job; empty where {@link #isJobItsVideo}. */
  Optional<String> video(String videoId);

  /** Further addresses that content has been reported at, the likelier first. */
  List<OtherAddress> otherAddresses();

  /**
   * The videos of a job that succeeded.
   *
   * @param endpoint where their content is
   */
  List<Generation> videos(JobId id, JobFields job, Endpoint endpoint);

  /**
   * The header that carries a key, unless a setting overrides it: Azure takes it in its own, other
   * servers as a bearer token.
   */
  default Map.Entry<String, String> keyHeader(Endpoint endpoint, String key) {
    return endpoint.isAzure()
        ? Map.entry("api-key", key)
        : Map.entry("Authorization", "Bearer " + key);
  }

  /**
   * An address in circulation.
   *
   * @param name under which people know it
   * @param template a path with {@code {video}} or {@code {job}} for the id
   */
  record OtherAddress(PlaceName name, String template) {
    /** Whether it is one address for all videos of a job. */
    public boolean isOfJob() {
      return template.contains("{job}");
    }

    public String path(String jobId, String videoId) {
      return template
          .replace("{video}", PathSegment.of(videoId))
          .replace("{job}", PathSegment.of(jobId));
    }
  }
}
