package io.soracourier.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.soracourier.function.CopyVideo;
import io.soracourier.records.JobRecord;
import io.soracourier.records.JobRecords;
import io.soracourier.records.RecordSearch;
import io.soracourier.records.RecordSearch.Listed;
import io.soracourier.records.RecordState;
import io.soracourier.records.Trouble;
import io.soracourier.records.Trouble.Source;
import io.soracourier.sora.Endpoint;
import io.soracourier.storage.JobQueue;
import io.soracourier.storage.Rows;
import io.soracourier.storage.StorageException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The courier's health, as far as storage shows: functions with an HTTP trigger may run in another
 * process than the one that copies. What cannot be read is left out, with a sentence.
 */
@Path("/api/health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
  private final JobQueue queue;
  private final JobRecords records;
  private final RecordSearch search;
  private final Endpoint endpoint;
  private final String version;
  private final String container;
  private final Clock clock;

  HealthResource(
      JobQueue queue,
      JobRecords records,
      RecordSearch search,
      Endpoint endpoint,
      @ConfigProperty(name = "quarkus.application.version") String version,
      @ConfigProperty(name = "VIDEO_CONTAINER", defaultValue = "videos") String container,
      Clock clock) {
    this.queue = queue;
    this.records = records;
    this.search = search;
    this.endpoint = endpoint;
    this.version = version;
    this.container = container;
    this.clock = clock;
  }

  @GET
  @Blocking
  public String health() {
    Instant now = clock.instant();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", version);
    json.put("serverTime", JobJson.time(now));
    json.put("endpoint", endpoint.base().getHost());
    json.put("container", container);
    ObjectNode queues = json.putObject("queues");
    putLength(queues, CopyVideo.JOBS, "messages");
    putLength(queues, CopyVideo.JOBS + "-poison", "poisoned");
    if (records.areKept()) {
      putJobs(json, now);
    }
    return json.toPrettyString();
  }

  private void putLength(ObjectNode json, String name, String field) {
    try {
      json.put(field, queue.length(name));
    } catch (StorageException e) {
      json.put(field + "Unknown", e.getMessage());
    }
  }

  /** Of the newest jobs, as many as one request reads. */
  private void putJobs(ObjectNode json, Instant now) {
    Listed newest;
    try {
      newest = search.newest(Rows.MAX_PAGE, null);
    } catch (StorageException e) {
      json.putObject("jobs").put("unknown", e.getMessage());
      return;
    }
    List<JobRecord> jobs = newest.jobs();
    ObjectNode counts = json.putObject("jobs");
    counts.put("waiting", count(jobs, job -> isWaiting(job, now) && !isDue(job, now)));
    counts.put("due", count(jobs, job -> isWaiting(job, now) && isDue(job, now)));
    counts.put("overdue", count(jobs, job -> job.isOverdue(now)));
    counts.put(
        "inProgress",
        count(jobs, job -> job.state() == RecordState.COPYING && !job.isOverdue(now)));
    counts.put("of", jobs.size());
    counts.put("complete", newest.next() == null);
    ObjectNode errors = json.putObject("lastErrors");
    last(jobs, Source.SERVICE).ifPresent(error -> errors.set("service", error));
    last(jobs, Source.STORAGE).ifPresent(error -> errors.set("storage", error));
  }

  private static boolean isWaiting(JobRecord job, Instant now) {
    return job.state() == RecordState.WAITING && !job.isOverdue(now);
  }

  private static boolean isDue(JobRecord job, Instant now) {
    return job.nextLook() != null && !now.isBefore(job.nextLook());
  }

  private static long count(List<JobRecord> jobs, Predicate<JobRecord> which) {
    return jobs.stream().filter(which).count();
  }

  private record Troubled(JobRecord job, Trouble trouble) {}

  private static Optional<ObjectNode> last(List<JobRecord> jobs, Source source) {
    return jobs.stream()
        .flatMap(job -> job.troubleOf(source).map(trouble -> new Troubled(job, trouble)).stream())
        .max(Comparator.comparing(last -> last.trouble().at()))
        .map(last -> JobJson.of(last.trouble()).put("jobId", last.job().id()));
  }
}
