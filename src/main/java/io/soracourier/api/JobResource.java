package io.soracourier.api;

import io.smallrye.common.annotation.Blocking;
import io.soracourier.records.JobRecord;
import io.soracourier.records.JobRecords;
import io.soracourier.records.RecordSearch;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** What is known of one job. */
@Path("/api/jobs/{jobId}")
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
  private final JobRecords records;
  private final RecordSearch search;
  private final Clock clock;

  JobResource(JobRecords records, RecordSearch search, Clock clock) {
    this.records = records;
    this.search = search;
    this.clock = clock;
  }

  @GET
  @Blocking
  public Response job(@Context HttpServerRequest request) {
    String id = ForwardedPath.lastSegment(request);
    JobLinks.check(id);
    if (!records.areKept()) {
      throw StorageProblems.off();
    }
    JobRecord job =
        StorageProblems.reading("The job", () -> search.find(id))
            .orElseThrow(
                () ->
                    Problem.of(
                        Status.NOT_FOUND,
                        "No job of this id was enqueued here, or its record is gone after"
                            + " courier.jobs.keep; see that the id is whole, or enqueue it with"
                            + " POST /api/jobs."));
    Instant now = clock.instant();
    Response.ResponseBuilder response = Response.ok(JobJson.whole(job, now).toPrettyString());
    if (!job.state().isOver()) {
      response.header(HttpHeaders.RETRY_AFTER, JobLinks.pause(Optional.of(job), now));
    }
    return response.build();
  }
}
