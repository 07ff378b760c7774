package io.soracourier.handler;

import io.smallrye.common.annotation.NonBlocking;
import io.soracourier.lifecycle.Shutdown;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Responds to the host's readiness poll and its later health pings: any response means ready. It is
 * given on the event loop, so that running invocations never delay it.
 */
@Path("/")
public class Readiness {
  private final Shutdown shutdown;

  Readiness(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  @GET
  @NonBlocking
  @Produces(MediaType.TEXT_PLAIN)
  public Response ready() {
    return shutdown.hasBegun()
        ? Response.status(Response.Status.SERVICE_UNAVAILABLE).entity("ending").build()
        : Response.ok("ready").build();
  }
}
