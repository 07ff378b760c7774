package io.soracourier.diagnosis;

import io.soracourier.content.ContentResolver;
import io.soracourier.content.ContentResolver.LocationFindings;
import io.soracourier.content.Finding.Result;
import io.soracourier.content.JobSearch;
import io.soracourier.content.JobSearch.FoundJob;
import io.soracourier.diagnosis.Diagnosis.JobSummary;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.diagnosis.Diagnosis.Row.Unasked;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.ErrorWords;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.VideoApis;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tries everything that people try by hand to get a job's content, copies nothing, and concludes
 * what the responses mean.
 */
@ApplicationScoped
public class Diagnostician {
  /** The front of Azure Functions gives up on a response after 230 seconds. */
  private static final Duration MAX_TIME = Duration.ofSeconds(100);

  private static final String NO_ID =
      "the service gave '%s' as a video's id, which cannot be a part of an address";

  private final JobSearch jobs;
  private final ContentResolver resolver;
  private final VideoStore videos;
  private final Endpoint endpoint;
  private final Clock clock;

  Diagnostician(
      JobSearch jobs, ContentResolver resolver, VideoStore videos, Endpoint endpoint, Clock clock) {
    this.jobs = jobs;
    this.endpoint = endpoint;
    this.resolver = resolver;
    this.videos = videos;
    this.clock = clock;
  }

  public Diagnosis diagnose(JobId id) {
    Instant end = clock.instant().plus(MAX_TIME);
    FoundJob found = jobs.find(id);
    Optional<VideoJob> job = found.job();
    List<Row> rows = new ArrayList<>();
    found.findings().forEach(finding -> rows.add(Row.of(null, finding)));
    for (Generation generation : job.map(VideoJob::generations).orElse(List.of())) {
      if (generation.content() != null) {
        rows.addAll(rows(job.get(), generation, end));
      } else {
        String noId = NO_ID.formatted(generation.id());
        rows.add(Row.unasked(PlaceName.DOCUMENTED, null, Unasked.NOTHING_TO_ASK, noId));
      }
    }
    if (job.isEmpty() && VideoApis.likely(id).isJobItsVideo()) {
      rows.add(blobRow(id, id.value()));
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Optional<Instant> created = endpoint.createdAt(id, now);
    JobConclusion verdict =
        job.isPresent()
            ? JobConclusion.of(job.get(), created, now, rows)
            : UnseenJob.of(created, now, found.findings());
    return new Diagnosis(
        id,
        now,
        verdict.conclusion(),
        verdict.sentence() + stored(id, rows),
        job.map(it -> summary(it, now)),
        RowOrder.of(rows));
  }

  private List<Row> rows(VideoJob job, Generation generation, Instant end) {
    List<LocationFindings> locations =
        resolver.diagnose(job, generation, () -> clock.instant().isBefore(end));
    List<Row> rows = new ArrayList<>();
    locations.stream()
        .flatMap(location -> location.findings().stream())
        .forEach(finding -> rows.add(Row.of(generation.id(), finding)));
    List<Row> requested = List.copyOf(rows);
    Set<PlaceName> requestedPlaces = requested.stream().map(Row::place).collect(Collectors.toSet());
    for (LocationFindings location : locations) {
      if (!requestedPlaces.contains(location.place())) {
        rows.add(
            location.place() == PlaceName.URL_IN_HEADER
                ? HeaderRow.of(generation.id(), requested, location.ifNone())
                : Row.unasked(
                    location.place(), generation.id(), Unasked.NOTHING_TO_ASK, location.ifNone()));
      }
    }
    polled(generation, rows).ifPresent(rows::add);
    rows.add(blobRow(job.id(), generation.id()));
    return rows;
  }

  /** Polling is the same request again. */
  private static Optional<Row> polled(Generation generation, List<Row> rows) {
    return rows.stream()
        .filter(row -> row.place() == PlaceName.GENERATION && row.finding() != null)
        .findFirst()
        .map(
            row ->
                Row.unasked(
                    PlaceName.POLLED_GENERATION,
                    generation.id(),
                    Unasked.ASKED_ALREADY,
                    "the request of Test 1 again and again, which returned "
                        + row.verdict()
                        + (row.is(Result.NAMES_NO_URL)
                            ? ": Azure's response has no URL however often it is requested"
                            : "")));
  }

  /** People guess that the service keeps its videos in a public blob; it does not. */
  private Row blobRow(JobId id, String generationId) {
    VideoRef ref = new VideoRef(id.value(), generationId);
    String explanation =
        "the service keeps no blob that can be accessed from outside; the courier's own is "
            + videos.url(ref);
    try {
      Optional<StoredVideo> found = videos.find(ref);
      Optional<StoredVideo> stored =
          found.filter(video -> video.owner().kind() != Owner.Kind.OTHER);
      String there =
          stored
              .map(video -> ", and there it is: " + video.bytes() + " bytes")
              .orElse(
                  found.isPresent()
                      ? ", and the blob there is of another job"
                      : ", and it is not there");
      return Row.unasked(
          PlaceName.BLOB,
          generationId,
          stored.isPresent() ? Unasked.STORED : Unasked.NOT_STORED,
          explanation + there);
    } catch (StorageException e) {
      return Row.unasked(
          PlaceName.BLOB, generationId, Unasked.UNAVAILABLE, explanation + "; " + e.getMessage());
    }
  }

  private String stored(JobId id, List<Row> rows) {
    List<String> urls =
        rows.stream()
            .filter(row -> row.unasked() == Unasked.STORED)
            .map(Row::generationId)
            .filter(Objects::nonNull)
            .map(video -> videos.url(new VideoRef(id.value(), video)).toString())
            .toList();
    return urls.isEmpty() ? "" : " The courier has copied it already: " + String.join(", ", urls);
  }

  private JobSummary summary(VideoJob job, Instant now) {
    return new JobSummary(
        job.status(),
        job.createdAt().or(() -> endpoint.createdAt(job.id(), now)),
        job.finishedAt(),
        job.expiresAt(),
        job.generations().stream().map(Generation::id).toList(),
        job.failure().map(ErrorWords::toString));
  }
}
