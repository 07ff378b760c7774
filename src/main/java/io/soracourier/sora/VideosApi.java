package io.soracourier.sora;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * {@code /videos}: Sora 2 on Azure, and the servers of other providers of that shape. A job is one
 * video, or several, which have no ids of their own: {@link Outputs}.
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
  public String jobs(JobsQuery query) {
    return query.of(jobs(), true);
  }

  @Override
  public String content(String videoId) {
    return "/videos/" + PathSegment.of(videoId) + "/content";
  }

  /** Source: OpenAI's API reference, {@code variant} of "Retrieve video content". */
  @Override
  public Optional<String> picture(PictureKind kind, String videoId) {
    return Optional.of(PathSegment.withQuery(contents(videoId).get(0), "variant=" + kind.code()));
  }

  @Override
  public Optional<String> video(String videoId) {
    return Optional.empty();
  }

  @Override
  public List<OtherAddress> otherAddresses() {
    return List.of(
        new OtherAddress(PlaceName.CONTENT_VIDEO_PLAIN, "/videos/{video}/content/video"),
        new OtherAddress(
            PlaceName.CONTENT_VIDEO, "/videos/{video}/content/video" + Sora1Api.VERSION),
        new OtherAddress(
            PlaceName.DOCUMENTED_VERSIONED, "/videos/{video}/content" + Sora1Api.VERSION),
        new OtherAddress(PlaceName.OPENAI_GENERATION_PLAIN, "/generations/{video}"),
        new OtherAddress(PlaceName.OPENAI_GENERATION, "/generations/{video}" + Sora1Api.VERSION),
        new OtherAddress(PlaceName.OPENAI_CONTENT_PLAIN, "/generations/{video}/content"),
        new OtherAddress(
            PlaceName.OPENAI_CONTENT, "/generations/{video}/content" + Sora1Api.VERSION));
  }

  /**
   * The first video is the job's; a query selects another one. A server that does not say which has
   * one of them.
   */
  @Override
  public List<String> contents(String videoId) {
    return contents(videoId, List.of(Outputs.INDEX, Outputs.OUTPUT_INDEX));
  }

  private List<String> contents(String videoId, List<String> queries) {
    String content = content(Generation.jobId(videoId));
    int k = Generation.index(videoId);
    return k == 0
        ? List.of(content)
        : queries.stream().map(query -> content + "?" + query + "=" + k).toList();
  }

  @Override
  public List<Generation> videos(JobId id, JobFields job, Endpoint endpoint) {
    Optional<JobFields.Size> size = job.size("size");
    Integer own = job.number("seconds");
    Integer seconds = own != null ? own : job.object("video").number("duration");
    Outputs outputs = job.outputs();
    return IntStream.range(0, outputs.count())
        .mapToObj(
            k -> {
              String name = Generation.id(id, k);
              List<URI> contents =
                  contents(name, outputs.queries()).stream().map(endpoint::at).toList();
              return new Generation(
                  name,
                  contents.get(0),
                  contents.size() < 2 ? null : contents.get(1),
                  size.map(JobFields.Size::width).orElse(null),
                  size.map(JobFields.Size::height).orElse(null),
                  seconds);
            })
        .toList();
  }

  @Override
  public String toString() {
    return name();
  }
}
