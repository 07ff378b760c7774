package io.soracourier.identity;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.soracourier.text.ReceivedText;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint that App Service and Functions give to an app with a managed identity, as
 * described in Microsoft's "How to use managed identities for App Service and Azure Functions".
 */
@Path("")
interface IdentityApi {
  /** Of the token protocol, not of the requested service. */
  String API_VERSION = "2019-08-01";

  /** The response body, unparsed: {@link IdentityToken} reads it. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  byte @Nullable [] token(
      @HeaderParam("X-IDENTITY-HEADER") String header,
      @RestQuery String resource,
      @RestQuery("api-version") String apiVersion,
      @RestQuery("client_id") @Nullable String clientId);

  @ClientExceptionMapper
  static IdentityResponseException toException(Response response) {
    byte[] body = response.readEntity(byte[].class);
    ReceivedText.registerHeaders(response.getStringHeaders());
    return new IdentityResponseException(
        response.getStatus(), body == null ? null : ReceivedText.of(body));
  }
}
