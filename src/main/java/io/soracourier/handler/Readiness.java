package io.soracourier.handler;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Answers the host's readiness poll and its later health pings: any answer means ready. */
@Path("/")
public class Readiness {
  @GET
  @Produces(MediaType.TEXT_PLAIN)
  public String ready() {
    return "ready";
  }
}
