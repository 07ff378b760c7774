package io.soracourier.storage;

import jakarta.ws.rs.client.ClientRequestContext;
import java.net.URI;
import java.time.Clock;

/**
 * Puts a shared access signature on the request's URI: as text, for a URI builder would encode it a
 * second time.
 */
final class SasAppender extends Authentication {
  private final String query;

  SasAppender(StorageCredential.Sas credential, Clock clock) {
    super(clock);
    this.query = credential.query();
  }

  @Override
  void authenticate(ClientRequestContext request) {
    URI uri = request.getUri();
    char separator = uri.getRawQuery() == null ? '?' : '&';
    request.setUri(URI.create(uri.toString() + separator + query));
  }
}
