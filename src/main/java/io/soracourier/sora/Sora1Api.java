package io.soracourier.sora;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Azure's video generation jobs, with several videos ("generations") each.
 *
 * <p>Source: azure-rest-api-specs, {@code azure-v1-preview-generated.yaml}. Without {@code
 * api-version=preview} the service responds "API version not supported". Ids are {@code task_} and
 * a ULID, whose first ten base32 characters are Unix milliseconds (computed from published ids; the
 * times equal the {@code created_at} of their jobs).
 */
final class Sora1Api implements VideoApi {
  static final String VERSION = "?api-version=preview";

  private static final String GENERATIONS = "/video/generations";
  private static final String ULID = "[0-7][0-9a-hjkmnp-tv-z]{25}";
  private static final Pattern ID = Pattern.compile("task_" + ULID);
  private static final Pattern GENERATION_ID = Pattern.compile("gen_" + ULID);
  private static final String CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int ULID_TIME_CHARACTERS = 10;

  @Override
  public String name() {
    return "sora-1";
  }

  /** Gateways issue ids of this prefix, too. */
  @Override
  public boolean recognises(JobId id) {
    return id.value().startsWith("task_");
  }

  @Override
  public Optional<Instant> timeIn(JobId id) {
    if (!ID.matcher(id.value()).matches()) {
      return Optional.empty();
    }
    long millis = 0;
    for (char c : id.value().substring(5, 5 + ULID_TIME_CHARACTERS).toCharArray()) {
      millis = millis << 5 | CROCKFORD.indexOf(c);
    }
    return Optional.of(Instant.ofEpochMilli(millis));
  }

  @Override
  public boolean isVideoId(String text) {
    return GENERATION_ID.matcher(text).matches();
  }

  @Override
  public boolean isJobItsVideo() {
    return false;
  }

  @Override
  public String job(JobId id) {
    return GENERATIONS + "/jobs/" + id.inPath() + VERSION;
  }

  @Override
  public String jobs() {
    return GENERATIONS + "/jobs" + VERSION;
  }

  /** Newest first: there is no order. Without {@code statuses}, which would hide unknown words. */
  @Override
  public String jobs(JobsQuery query) {
    return query.of(jobs(), false);
  }

  @Override
  public String content(String videoId) {
    return GENERATIONS + "/" + PathSegment.of(videoId) + "/content/video" + VERSION;
  }

  /** There are thumbnails only. */
  @Override
  public Optional<String> picture(PictureKind kind, String videoId) {
    return kind == PictureKind.THUMBNAIL && JobId.isId(videoId)
        ? Optional.of(GENERATIONS + "/" + PathSegment.of(videoId) + "/content/thumbnail" + VERSION)
        : Optional.empty();
  }

  @Override
  public Optional<String> video(String videoId) {
    return Optional.of(GENERATIONS + "/" + PathSegment.of(videoId) + VERSION);
  }

  @Override
  public List<OtherAddress> otherAddresses() {
    return List.of(
        new OtherAddress(PlaceName.GENERATION_CONTENT, GENERATIONS + "/{video}/content" + VERSION),
        new OtherAddress(PlaceName.GENERATION_CONTENT_PLAIN, GENERATIONS + "/{video}/content"),
        new OtherAddress(PlaceName.OPENAI_GENERATION, "/generations/{video}" + VERSION),
        new OtherAddress(PlaceName.OPENAI_GENERATION_PLAIN, "/generations/{video}"),
        new OtherAddress(PlaceName.OPENAI_CONTENT, "/generations/{video}/content" + VERSION),
        new OtherAddress(PlaceName.OPENAI_CONTENT_PLAIN, "/generations/{video}/content"),
        new OtherAddress(PlaceName.JOB_CONTENT, GENERATIONS + "/jobs/{job}/content" + VERSION),
        new OtherAddress(PlaceName.JOB_CONTENT_PLAIN, GENERATIONS + "/jobs/{job}/content"),
        new OtherAddress(PlaceName.DOCUMENTED_PLAIN, GENERATIONS + "/{video}/content/video"));
  }

  @Override
  public List<Generation> videos(JobId id, JobFields job, Endpoint endpoint) {
    return job.objects("generations").stream()
        .flatMap(video -> video.id().map(name -> generation(name, video, job, endpoint)).stream())
        .toList();
  }

  private Generation generation(String name, JobFields video, JobFields job, Endpoint endpoint) {
    return Generation.listed(
        name,
        endpoint.content(this, name),
        either(video, job, "width"),
        either(video, job, "height"),
        either(video, job, "n_seconds"));
  }

  private static @Nullable Integer either(JobFields video, JobFields job, String name) {
    Integer own = video.number(name);
    return own != null ? own : job.number(name);
  }

  @Override
  public String toString() {
    return name();
  }
}
