package io.soracourier.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.function.Enqueuing;
import io.soracourier.function.Enqueuing.Result;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.List;

/** What a caller gets who enqueues: the record of one job, or what came of each of several. */
final class EnqueueResponses {
  private EnqueueResponses() {}

  /**
   * @param results at least one
   * @throws Problem when nothing was enqueued
   */
  static Response of(List<Result> results, Instant now) {
    return results.size() == 1 ? ofOne(results.get(0), now) : ofSeveral(results, now);
  }

  private static Response ofOne(Result result, Instant now) {
    if (result instanceof Result.Enqueued enqueued) {
      Response.ResponseBuilder response =
          Response.status(Status.ACCEPTED)
              .entity(json(enqueued, now).toPrettyString())
              .header(HttpHeaders.LOCATION, JobLinks.location(enqueued.jobId()));
      return response
          .header(HttpHeaders.RETRY_AFTER, JobLinks.pause(enqueued.record(), now))
          .build();
    }
    throw problem(List.of(result));
  }

  private static Response ofSeveral(List<Result> results, Instant now) {
    if (results.stream().noneMatch(Result.Enqueued.class::isInstance)) {
      throw problem(results);
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    results.forEach(result -> all.add(line(result, now)));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("results", all);
    return Response.status(Status.ACCEPTED).entity(json.toPrettyString()).build();
  }

  /** Nothing was enqueued: because of the storage where there is one job at least, else of them. */
  private static Problem problem(List<Result> results) {
    for (Result result : results) {
      if (result instanceof Result.Refused refused) {
        return StorageProblems.unavailable("The job was not enqueued: ", refused.sentence());
      }
    }
    Result.Invalid first = (Result.Invalid) results.get(0);
    return Problem.of(Status.BAD_REQUEST, first.sentence());
  }

  private static ObjectNode line(Result result, Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (result instanceof Result.Enqueued enqueued) {
      json.put("result", "enqueued");
      json.set("job", json(enqueued, now));
    } else if (result instanceof Result.Invalid invalid) {
      json.put("result", "invalid").put("text", invalid.text()).put("detail", invalid.sentence());
    } else if (result instanceof Result.Refused refused) {
      json.put("result", "refused").put("jobId", refused.jobId()).put("detail", refused.sentence());
    } else if (result instanceof Result.Surplus surplus) {
      json.put("result", "surplus")
          .put("left", surplus.jobs())
          .put(
              "detail",
              "A call takes %d jobs; send the other %d in another."
                  .formatted(Enqueuing.MAX_JOBS, surplus.jobs()));
    }
    return json;
  }

  private static ObjectNode json(Result.Enqueued enqueued, Instant now) {
    return enqueued
        .record()
        .map(record -> JobJson.of(record, now))
        .orElseGet(
            () ->
                JsonNodeFactory.instance
                    .objectNode()
                    .put("jobId", enqueued.jobId())
                    .put("state", "enqueued"));
  }
}
