package io.soracourier.azure;

import io.vertx.core.http.HttpClientRequest;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.net.URI;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

/** The credential on the requests of the REST Client. */
final class AuthenticationFilter implements ClientRequestFilter, ClientResponseFilter {
  /** Late on the request, when all that is signed is there; early on the response. */
  static final int PRIORITY = 10_000;

  /** The request property with what was signed where its token came from a cache. */
  static final String WITH_CACHED_TOKEN = "io.soracourier.azure.with-cached-token";

  private final Authentication authentication;

  AuthenticationFilter(Authentication authentication) {
    this.authentication = authentication;
  }

  @Override
  public void filter(ClientRequestContext request) {
    RequestHead head = head(request);
    URI before = head.uri();
    authentication.sign(head);
    head.headers()
        .forEach(
            (name, value) -> {
              if (!value.equals(request.getHeaderString(name))) {
                request.getHeaders().putSingle(name, value);
              }
            });
    if (!head.uri().equals(before)) {
      request.setUri(head.uri());
    }
    if (head.mayBeStale()) {
      request.setProperty(WITH_CACHED_TOKEN, head);
    }
  }

  @Override
  public void filter(ClientRequestContext request, ClientResponseContext response) {
    if (response.getHeaders() == null) {
      return; // of a request that failed before there was a response
    }
    if (ClientRequestId.isAnothers(request::getHeaderString, response::getHeaderString)) {
      closeConnection(request);
    }
    ClientRequestId.check(request::getHeaderString, response::getHeaderString);
    if (response.getStatus() == 401
        && !new StorageResponse(401, response.getHeaders()).isForeign()
        && request.getProperty(WITH_CACHED_TOKEN) instanceof RequestHead head) {
      authentication.refused(head);
    }
  }

  /**
   * The next response by it is no more to its request than this one. That ends the body of this one
   * too, which nobody reads.
   */
  private static void closeConnection(ClientRequestContext request) {
    if (request instanceof ResteasyReactiveClientRequestContext sent) {
      sent.unwrap(HttpClientRequest.class).connection().close();
    }
  }

  private static RequestHead head(ClientRequestContext request) {
    RequestHead head = new RequestHead(request.getMethod(), request.getUri());
    request.getHeaders().keySet().forEach(name -> head.header(name, request.getHeaderString(name)));
    if (request.getEntity() instanceof byte[] body) {
      head.header("Content-Length", String.valueOf(body.length));
    }
    if (request.getEntity() != null && request.getMediaType() != null) {
      head.header("Content-Type", request.getMediaType().toString());
    }
    return head;
  }
}
