package io.soracourier.azure;

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
  void authenticate(RequestHead request) {
    URI uri = request.uri();
    char separator = uri.getRawQuery() == null ? '?' : '&';
    request.uri(URI.create(uri.toString() + separator + query));
  }
}
