package io.soracourier.queue;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.ClientQueryParam;
import io.soracourier.azure.StorageResponseException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The operations of Queue storage that the courier needs, named as in Microsoft's REST reference.
 */
@Path("/{queue}")
interface QueueApi {
  /**
   * @param visibilitytimeout seconds, 0 to 604,800
   * @param messagettl seconds, or -1 for a message that never expires
   * @param message {@code QueueMessage} XML
   */
  @POST
  @Path("/messages")
  @Consumes(MediaType.APPLICATION_XML)
  RestResponse<InputStream> putMessage(
      @RestPath String queue,
      @RestQuery long visibilitytimeout,
      @RestQuery long messagettl,
      byte[] message);

  @GET
  @ClientQueryParam(name = "comp", value = "metadata")
  @ClientHeaderParam(name = "Cache-Control", value = "no-cache")
  RestResponse<InputStream> getQueueMetadata(@RestPath String queue);

  @PUT
  RestResponse<InputStream> createQueue(@RestPath String queue);

  @ClientExceptionMapper
  static StorageResponseException toException(Response response, Map<String, Object> properties) {
    return StorageResponseException.of(response, properties);
  }
}
