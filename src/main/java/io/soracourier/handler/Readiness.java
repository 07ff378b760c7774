package io.soracourier.handler;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * Answers the host's readiness poll and its later health pings: any answer means ready. It is given
 * on the event loop, so that invocations under way never delay it.
 */
@Path("/")
public class Readiness {
  @GET
  @NonBlocking
  @Produces(MediaType.TEXT_PLAIN)
  public String ready() {
    return "ready";
  }
}
