package io.soracourier.sora;

import com.fasterxml.jackson.core.JsonProcessingException;
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
    return "/videos/" + id;
  }

  @Override
  public String jobs() {
    return "/videos";
  }

  @Override
  public String content(String videoId) {
    return "/videos/" + videoId + "/content";
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
  public VideoJob read(JobId id, ServiceResponse answer, Endpoint endpoint)
      throws JsonProcessingException {
    Video video = ServiceJson.convert(answer.json(), Video.class);
    String[] size = video.size() == null ? new String[0] : video.size().split("x");
    Generation generation =
        Generation.listed(
            id.value(),
            endpoint.content(this, id.value()),
            size.length == 2 ? JobField.number(size[0]) : null,
            size.length == 2 ? JobField.number(size[1]) : null,
            JobField.number(video.seconds()));
    JobState state = JobState.of(video.status());
    Optional<Video.Failure> error = Optional.ofNullable(video.error());
    return new VideoJob(
        id,
        this,
        state,
        JobField.words(video.status()),
        JobField.time(video.createdAt()),
        JobField.time(video.completedAt()),
        JobField.time(video.expiresAt()),
        state == JobState.SUCCEEDED ? List.of(generation) : List.of(),
        error.map(Video.Failure::code).map(JobField::words),
        error.map(Video.Failure::message).map(JobField::words),
        answer);
  }

  @Override
  public String toString() {
    return name();
  }
}
