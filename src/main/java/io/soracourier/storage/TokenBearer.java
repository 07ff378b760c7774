package io.soracourier.storage;

import io.soracourier.identity.TokenSource;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.time.Clock;

/**
 * Puts an access token on the request. After a 401 the next request gets one that was not in the
 * cache.
 */
final class TokenBearer extends Authentication implements ClientResponseFilter {
  static final String SCOPE = "https://storage.azure.com/.default";

  /** The request property that holds the token where it came from the cache. */
  static final String FROM_CACHE = "io.soracourier.storage.token-from-cache";

  private final TokenSource tokens;
  private volatile String refused = "";

  TokenBearer(TokenSource tokens, Clock clock) {
    super(clock);
    this.tokens = tokens;
  }

  @Override
  void authenticate(ClientRequestContext request) {
    String token = tokens.token(SCOPE);
    if (token.equals(refused)) {
      token = tokens.freshToken(SCOPE);
    } else {
      request.setProperty(FROM_CACHE, token);
    }
    request.getHeaders().putSingle("Authorization", "Bearer " + token);
  }

  @Override
  public void filter(ClientRequestContext request, ClientResponseContext response) {
    if (response.getStatus() == 401
        && request.getProperty(FROM_CACHE) instanceof String cachedToken) {
      refused = cachedToken;
    }
  }
}
