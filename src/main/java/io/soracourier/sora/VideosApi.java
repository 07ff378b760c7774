package io.soracourier.sora;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code /videos}: Sora 2 on Azure, and the servers of other providers of that shape. A job is one
 * video.
 *
 * <p>Source: OpenAI's API reference; Azure's quickstart for Sora 2. No {@code api-version} is
 * needed. Azure's ids are {@code video_} and 32 hex digits, of which the first eight are Unix
 * seconds (computed from published ids; the times equal the {@code created_at} of their videos).
 */
final class VideosApi implements VideoApi {
  private static final Pattern ID = Pattern.compile("video_[0-9a-f]{32}");

  @Override
  public String name() {
    return "videos";
  }

  @Override
  public boolean recognises(JobId id) {
    return id.value().startsWith("video_");
  }

  @Override
  public Optional<Instant> timeIn(JobId id) {
    return ID.matcher(id.value()).matches()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(id.value().substring(6, 14), 16)))
        : Optional.empty();
  }

  @Override
  public boolean isVideoId(String text) {
    return false;
  }

  @Override
  public boolean isJobItsVideo() {
    return true;
  }

  @Override
  public String job(JobId id) {
    return "/videos/" + id.inPath();
  }

  @Override
  public String jobs() {
    return "/videos";
  }

  @Override
  public String content(String videoId) {
    return "/videos/" + PathSegment.of(videoId) + "/content";
  }

  @Override
  public Optional<String> video(String videoId) {
    return Optional.empty();
  }

  @Override
  public List<OtherAddress> otherAddresses() {
    return List.of(
        new OtherAddress(
            "manual test 3, /content/video, without api-version", "/videos/{video}/content/video"),
        new OtherAddress(
            "manual test 3, /content/video, with api-version",
            "/videos/{video}/content/video" + Sora1Api.VERSION),
        new OtherAddress(
            "documented address, with api-version", "/videos/{video}/content" + Sora1Api.VERSION),
        new OtherAddress(
            "manual test 4, /generations, without api-version", "/generations/{video}"),
        new OtherAddress(
            "manual test 4, /generations, with api-version",
            "/generations/{video}" + Sora1Api.VERSION),
        new OtherAddress(
            "manual test 4, /generations and /content, without api-version",
            "/generations/{video}/content"),
        new OtherAddress(
            "manual test 4, /generations and /content, with api-version",
            "/generations/{video}/content" + Sora1Api.VERSION));
  }

  @Override
  public List<Generation> videos(JobId id, JobFields job, Endpoint endpoint) {
    JobFields.Size size = job.size("size").orElse(new JobFields.Size(null, null));
    Integer seconds = job.number("seconds");
    return List.of(
        Generation.listed(
            id.value(),
            endpoint.content(this, id.value()),
            size.width(),
            size.height(),
            seconds != null ? seconds : job.object("video").number("duration")));
  }

  @Override
  public String toString() {
    return name();
  }
}
