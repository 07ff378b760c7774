package io.soracourier.api;

import io.smallrye.common.annotation.Blocking;
import io.soracourier.text.Excerpt;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;

/** Calls that do what a test needs. */
@Path("/api/sample")
@Blocking
public class SampleCalls {
  @GET
  @Path("/unexpected")
  public String fail() {
    throw new IllegalStateException("an inner matter at 10.0.0.1");
  }

  @GET
  @Path("/error")
  public String failBadly() {
    throw new AssertionError("an inner matter");
  }

  @GET
  @Path("/problem")
  public String refuse() {
    throw new Problem(429, "Too many", "Call again \"later\".").retryAfter(Duration.ofMillis(2500));
  }

  @GET
  @Path("/number")
  @Produces(MediaType.APPLICATION_JSON)
  public String number(@QueryParam("limit") Integer limit) {
    return "{\"limit\":" + limit + "}";
  }

  @POST
  @Path("/text")
  @Consumes(MediaType.TEXT_PLAIN)
  public String length(String text) {
    return "" + text.length();
  }

  /** What the text is where secrets are taken out. */
  @GET
  @Path("/excerpt")
  @Produces(MediaType.TEXT_PLAIN)
  public String excerpt(@QueryParam("text") String text) {
    return Excerpt.of(text, 200);
  }
}
