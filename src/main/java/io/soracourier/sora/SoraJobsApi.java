package io.soracourier.sora;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Sora 1 video generation jobs, below {@code …/openai/v1}. Answers stay bytes: what a service sends
 * instead of JSON is evidence too, and its length is not to be trusted.
 *
 * <p>Source: azure-rest-api-specs, {@code azure-v1-preview-generated.yaml}. Without {@code
 * api-version=preview} the service answers "API version not supported".
 */
@RegisterRestClient(configKey = "sora")
@Path("/video/generations")
@Produces(MediaType.APPLICATION_JSON)
public interface SoraJobsApi {
  String API_VERSION = "preview";

  @GET
  @Path("/jobs/{jobId}")
  RestResponse<InputStream> job(
      @PathParam("jobId") String jobId, @RestQuery("api-version") String apiVersion);
}
