package io.soracourier.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.soracourier.function.Enqueuing;
import io.soracourier.function.Enqueuing.Result;
import io.soracourier.records.JobRecord;
import io.soracourier.records.JobRecords;
import io.soracourier.records.RecordSearch;
import io.soracourier.records.RecordSearch.Listed;
import io.soracourier.records.RecordState;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Enqueues jobs, and lists what is known of them. */
@Path(JobsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {
  static final String PATH = "/api/jobs";
  static final int MAX_BODY_BYTES = 1024 * 1024;
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final Enqueuing enqueuing;
  private final JobRecords records;
  private final RecordSearch search;
  private final Clock clock;

  JobsResource(Enqueuing enqueuing, JobRecords records, RecordSearch search, Clock clock) {
    this.enqueuing = enqueuing;
    this.records = records;
    this.search = search;
    this.clock = clock;
  }

  /** Puts one job or several on the queue. The body decides, whatever its Content-Type. */
  @POST
  @Consumes(MediaType.WILDCARD)
  @Blocking
  public Response enqueue(byte @Nullable [] body) {
    byte[] sent = body == null ? new byte[0] : body;
    if (sent.length > MAX_BODY_BYTES) {
      throw Problem.of(
          Status.REQUEST_ENTITY_TOO_LARGE,
          "The body is larger than 1 MiB; send at most %d jobs in a call."
              .formatted(Enqueuing.MAX_JOBS));
    }
    List<Result> results = enqueuing.enqueue(sent);
    return EnqueueResponses.of(results, clock.instant());
  }

  /**
   * Lists jobs, newest first, or the one with an id.
   *
   * @param state one of {@code waiting}, {@code copying}, {@code copied}, {@code failed} and {@code
   *     overdue}, or none
   * @param limit of jobs, 1 to 1,000
   * @param before what {@code next} was in the response before
   */
  @GET
  @Blocking
  public String list(
      @QueryParam("id") @Nullable String id,
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("before") @Nullable String before,
      @Context UriInfo uri) {
    if (!records.areKept()) {
      throw StorageProblems.off();
    }
    Instant now = clock.instant();
    if (uri.getQueryParameters().containsKey("id")) {
      return json(new Listed(one(id == null ? "" : id), null, true), now, JobJson::whole);
    }
    int most = limit(limit);
    String cursor = before == null || before.isEmpty() ? null : before;
    if (cursor != null && !RecordSearch.isCursor(cursor)) {
      throw Problem.of(
          Status.BAD_REQUEST,
          "The parameter before is not from this call; leave it out to begin with the newest"
              + " job.");
    }
    if (state == null || state.isEmpty()) {
      return json(
          StorageProblems.reading("The jobs", () -> search.newest(most, cursor)), now, JobJson::of);
    }
    if (!state.equals(JobJson.OVERDUE) && RecordState.of(state).isEmpty()) {
      throw Problem.of(
          Status.BAD_REQUEST,
          "The parameter state is waiting, copying, copied, failed or overdue, or left out.");
    }
    return json(
        StorageProblems.reading(
            "The jobs",
            () -> search.newest(job -> JobJson.state(job, now).equals(state), most, cursor)),
        now,
        JobJson::of);
  }

  private List<JobRecord> one(String id) {
    JobLinks.check(id);
    return StorageProblems.reading("The job", () -> search.find(id)).stream().toList();
  }

  private static int limit(@Nullable String limit) {
    if (limit == null || limit.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    if (!limit.matches("\\d{1,4}")
        || Integer.parseInt(limit) < 1
        || Integer.parseInt(limit) > MAX_LIMIT) {
      throw Problem.of(
          Status.BAD_REQUEST, "The parameter limit is a number from 1 to %d.".formatted(MAX_LIMIT));
    }
    return Integer.parseInt(limit);
  }

  private static String json(
      Listed listed, Instant now, BiFunction<JobRecord, Instant, ObjectNode> job) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode jobs = json.putArray("jobs");
    listed.jobs().forEach(record -> jobs.add(job.apply(record, now)));
    Optional.ofNullable(listed.next()).ifPresent(next -> json.put("next", next));
    json.put("complete", listed.complete());
    json.put("serverTime", JobJson.time(now));
    return json.toPrettyString();
  }
}
