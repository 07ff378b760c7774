package io.soracourier.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.soracourier.harvest.Harvest;
import io.soracourier.harvest.HarvestSummary;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Begins a run of the harvest, and returns what the last ones found. */
@Path(HarvestResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class HarvestResource {
  static final String PATH = "/api/harvest";

  private final Harvest harvest;
  private final Clock clock;

  HarvestResource(Harvest harvest, Clock clock) {
    this.harvest = harvest;
    this.clock = clock;
  }

  /** Begins a run, unless one is in progress, and does not wait for it. */
  @POST
  @Consumes(MediaType.WILDCARD)
  @Blocking
  public Response start() {
    if (!harvest.isEnabled()) {
      throw Problem.of(
          Status.CONFLICT,
          "The harvest is off; set COURIER_HARVEST_ENABLED to true, or enqueue jobs with POST"
              + " /api/jobs.");
    }
    harvest.start("call");
    return Response.status(Status.ACCEPTED)
        .header(HttpHeaders.LOCATION, PATH)
        .header(HttpHeaders.RETRY_AFTER, 2)
        .entity(
            JsonNodeFactory.instance
                .objectNode()
                .put("enabled", true)
                .put("running", true)
                .put("serverTime", JobJson.time(clock.instant()))
                .toPrettyString())
        .build();
  }

  /** Returns what the last runs found, newest first. */
  @GET
  @Blocking
  public String latest() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("enabled", harvest.isEnabled());
    json.put("serverTime", JobJson.time(clock.instant()));
    if (harvest.isEnabled()) {
      Harvest.Latest latest = StorageProblems.reading("The last runs", harvest::latest);
      json.put("running", latest.running());
      ArrayNode runs = json.putArray("runs");
      latest.runs().forEach(run -> runs.add(json(run)));
    }
    return json.toPrettyString();
  }

  private static ObjectNode json(HarvestSummary run) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("beganAt", JobJson.time(run.began()));
    json.put("endedAt", JobJson.time(run.began().plus(run.took())));
    json.put("requests", run.requests());
    json.put("listed", run.listed());
    json.put("stored", run.stored());
    json.put("waiting", run.waiting());
    json.put("enqueued", run.enqueued());
    json.put("ended", run.ended());
    json.put("failed", run.failed());
    json.put("skipped", run.skipped());
    json.put("left", run.left());
    putTime(json, "oldestAt", run.oldest());
    putTime(json, "expiresAt", run.expires());
    json.put("complete", run.complete());
    if (run.problem() != null) {
      json.put("problem", run.problem());
    }
    return json;
  }

  private static void putTime(ObjectNode json, String name, @Nullable Instant time) {
    if (time != null) {
      json.put(name, JobJson.time(time));
    }
  }
}
