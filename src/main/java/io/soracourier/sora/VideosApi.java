package io.soracourier.sora;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The {@code /videos} API: Sora 2 on Azure and servers of the same shape.
 *
 * <p>Source: OpenAI's API reference; Azure's quickstart for Sora 2. No {@code api-version} is
 * needed.
 */
@RegisterRestClient(configKey = "videos")
@Path("/videos")
@Produces(MediaType.APPLICATION_JSON)
public interface VideosApi {
  @GET
  @Path("/{videoId}")
  RestResponse<InputStream> video(@PathParam("videoId") String videoId);
}
