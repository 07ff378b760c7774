package io.soracourier.diagnosis;

import io.soracourier.content.ContentResolver;
import io.soracourier.content.ContentResolver.ContentFindings;
import io.soracourier.content.ContentResolver.LocationFindings;
import io.soracourier.content.Finding.Result;
import io.soracourier.content.JobSearch;
import io.soracourier.content.JobSearch.FoundJob;
import io.soracourier.content.SearchBudget;
import io.soracourier.diagnosis.Diagnosis.JobSummary;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.diagnosis.Diagnosis.Row.Unasked;
import io.soracourier.diagnosis.JobConclusion.Evidence;
import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.ErrorWords;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.VideoApis;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.VideoStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Tries everything that people try by hand to get a job's content, copies nothing, and concludes
 * what the responses mean.
 */
@ApplicationScoped
public class Diagnostician {
  /** The front of Azure Functions gives up on a response after 230 seconds. */
  private static final Duration MAX_TIME = Duration.ofSeconds(100);

  /** The storage's retries take minutes. */
  private static final Duration MAX_TIME_FOR_A_BLOB = Duration.ofSeconds(15);

  /** As many as the courier copies of one job. */
  private static final int MAX_VIDEOS = 32;

  private static final String NO_ID =
      "the service gave '%s' as a video's id, which cannot be a part of an address";
  private static final String TOO_MANY =
      "the job lists %d videos, and %d of them are requested: the other %d are left out, from '%s' on";

  private final JobSearch jobs;
  private final ContentResolver resolver;
  private final VideoStore videos;
  private final Endpoint endpoint;
  private final TimeLimits limits;
  private final Clock clock;

  Diagnostician(
      JobSearch jobs,
      ContentResolver resolver,
      VideoStore videos,
      Endpoint endpoint,
      TimeLimits limits,
      Clock clock) {
    this.jobs = jobs;
    this.endpoint = endpoint;
    this.resolver = resolver;
    this.videos = videos;
    this.limits = limits;
    this.clock = clock;
  }

  public Diagnosis diagnose(JobId id) {
    Instant end = clock.instant().plus(MAX_TIME);
    BooleanSupplier timeLeft = () -> clock.instant().isBefore(end);
    FoundJob found = jobs.find(id);
    List<Row> rows = new ArrayList<>();
    found.findings().forEach(finding -> rows.add(Row.of(null, finding)));
    Optional<VideoJob> job = found.job().map(it -> bounded(it, rows));
    BlobRows blobs = new BlobRows(videos, limits, MAX_TIME_FOR_A_BLOB, timeLeft, id);
    Map<String, RuntimeException> failures = new HashMap<>();
    List<Generation> generations = job.map(VideoJob::generations).orElse(List.of());
    // First: the requests for content may take all of the time.
    generations.stream()
        .filter(generation -> generation.content() != null)
        .map(generation -> blobs.of(generation.id()))
        .forEach(rows::add);
    for (Generation generation : generations) {
      if (generation.content() != null) {
        int made = (int) rows.stream().filter(row -> row.finding() != null).count();
        ContentFindings findings =
            resolver.diagnose(job.get(), generation, new SearchBudget(timeLeft, made));
        rows.addAll(rows(generation, findings.locations()));
        findings.failure().ifPresent(failure -> failures.put(generation.id(), failure));
      } else {
        String noId = NO_ID.formatted(generation.id());
        rows.add(Row.unasked(PlaceName.DOCUMENTED, null, Unasked.NOTHING_TO_ASK, noId));
      }
    }
    if (generations.isEmpty()) {
      boolean isItsVideo = job.map(VideoJob::api).orElse(VideoApis.likely(id)).isJobItsVideo();
      rows.add(isItsVideo ? blobs.of(id.value()) : BlobRows.none());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Optional<Instant> created = endpoint.createdAt(id, now);
    JobConclusion verdict =
        job.map(it -> new Evidence(it, expiry(it, created), now, rows, failures))
            .map(JobConclusion::of)
            .orElseGet(() -> UnseenJob.of(created, now, found));
    return new Diagnosis(
        id,
        now,
        verdict.conclusion(),
        verdict.sentence() + blobs.sentences(verdict.conclusion()),
        job.map(it -> summary(it, now)),
        RowOrder.of(rows));
  }

  /** The job with each of its videos once, as the courier sees it, and no more than it copies. */
  private static VideoJob bounded(VideoJob job, List<Row> rows) {
    Map<String, Generation> all = new LinkedHashMap<>();
    job.generations().forEach(generation -> all.putIfAbsent(generation.id(), generation));
    List<Generation> first = all.values().stream().limit(MAX_VIDEOS).toList();
    all.keySet().stream()
        .skip(MAX_VIDEOS)
        .findFirst()
        .map(id -> TOO_MANY.formatted(all.size(), MAX_VIDEOS, all.size() - MAX_VIDEOS, id))
        .map(text -> Row.unasked(PlaceName.DOCUMENTED, null, Unasked.NOTHING_TO_ASK, text))
        .ifPresent(rows::add);
    return job.with(first);
  }

  /** As the service gives it, or by a creation where it is known how long it keeps a video. */
  private Optional<Instant> expiry(VideoJob job, Optional<Instant> createdById) {
    return job.expiresAt()
        .or(
            () ->
                job.createdAt()
                    .filter(created -> endpoint.keepsJobsForADay())
                    .or(() -> createdById)
                    .map(created -> created.plus(JobId.LIFETIME)));
  }

  private static List<Row> rows(Generation generation, List<LocationFindings> locations) {
    List<Row> rows = new ArrayList<>();
    locations.stream()
        .flatMap(location -> location.findings().stream())
        .forEach(finding -> rows.add(Row.of(generation.id(), finding)));
    rows.replaceAll(row -> SameRedirect.explained(row, rows));
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
