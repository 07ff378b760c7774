package io.soracourier.diagnosis;

import io.soracourier.content.ContentResolver;
import io.soracourier.content.Finding;
import io.soracourier.content.JobProbe;
import io.soracourier.content.JobProbe.Asked;
import io.soracourier.diagnosis.Diagnosis.JobSummary;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoContainer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries everything that people try by hand to get at a job's content, copies nothing, and says what
 * the answers mean.
 */
@ApplicationScoped
public class Diagnostician {
  static final String JOB = "manual test 1, the job";
  static final String BLOB = "option 4, Blob Storage naming";

  private final JobProbe jobs;
  private final ContentResolver resolver;
  private final VideoContainer container;
  private final Clock clock;

  Diagnostician(JobProbe jobs, ContentResolver resolver, VideoContainer container, Clock clock) {
    this.jobs = jobs;
    this.resolver = resolver;
    this.container = container;
    this.clock = clock;
  }

  public Diagnosis diagnose(JobId id) {
    List<Row> rows = new ArrayList<>();
    List<Asked> asked = jobs.ask(JOB, id);
    asked.forEach(answer -> rows.add(Row.of(null, answer.finding())));
    Optional<VideoJob> job = asked.get(asked.size() - 1).job();
    for (Generation generation : job.map(VideoJob::generations).orElse(List.of())) {
      if (generation.content() != null) {
        rows.addAll(rows(job.get(), generation));
      }
    }
    Instant now = clock.instant();
    JobVerdict verdict =
        job.isPresent()
            ? JobVerdict.of(job.get(), now, rows)
            : JobVerdict.missing(id, now, asked.stream().map(Asked::finding).toList());
    return new Diagnosis(
        id,
        now,
        verdict.conclusion(),
        verdict.sentence(),
        job.map(found -> summary(found, now)),
        rows);
  }

  private List<Row> rows(VideoJob job, Generation generation) {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, List<Finding>> place : resolver.diagnose(job, generation).entrySet()) {
      place.getValue().forEach(finding -> rows.add(Row.of(generation.id(), finding)));
      if (place.getValue().isEmpty()) {
        rows.add(
            Row.note(
                place.getKey(),
                generation.id(),
                "the answers name no URL there that was not asked above"));
      }
    }
    rows.add(blobRow(generation));
    return rows;
  }

  /** People guess that the service keeps its videos in a public blob; it does not. */
  private Row blobRow(Generation generation) {
    String name = generation.id() + ".mp4";
    String guess =
        "the service keeps no blob that can be named from outside; this is where the courier puts it: "
            + container.url(name);
    try {
      Optional<StoredVideo> stored = container.find(name);
      return Row.note(
          BLOB,
          generation.id(),
          guess
              + stored
                  .map(video -> ", and there it is, " + video.bytes() + " bytes")
                  .orElse(", and it is not there yet"));
    } catch (StorageException e) {
      return Row.note(BLOB, generation.id(), guess + "; " + e.getMessage());
    }
  }

  private static JobSummary summary(VideoJob job, Instant now) {
    return new JobSummary(
        job.status(),
        job.createdAt().or(() -> job.id().createdAt(now)),
        job.finishedAt(),
        job.expiresAt(),
        job.generations().stream().map(Generation::id).toList(),
        job.failureReason());
  }
}
