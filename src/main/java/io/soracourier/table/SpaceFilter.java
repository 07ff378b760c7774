package io.soracourier.table;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;

/**
 * Writes the spaces of a filter as {@code %20}, as Microsoft's REST reference does; the REST Client
 * writes them as {@code +}. A plus sign itself is {@code %2B} by then.
 */
final class SpaceFilter implements ClientRequestFilter {
  @Override
  public void filter(ClientRequestContext request) {
    String uri = request.getUri().toString();
    int query = uri.indexOf('?');
    if (query >= 0 && uri.indexOf('+', query) >= 0) {
      request.setUri(
          URI.create(uri.substring(0, query) + uri.substring(query).replace("+", "%20")));
    }
  }
}
