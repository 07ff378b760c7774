package io.soracourier.azure;

import io.soracourier.identity.TokenSource;
import java.time.Clock;

/**
 * Puts an access token on the request. After a 401 the next request gets one that was not in the
 * cache.
 */
final class TokenBearer extends Authentication {
  static final String SCOPE = "https://storage.azure.com/.default";

  private final TokenSource tokens;
  private volatile String refused = "";

  TokenBearer(TokenSource tokens, Clock clock) {
    super(clock);
    this.tokens = tokens;
  }

  @Override
  void authenticate(RequestHead request) {
    String token = tokens.token(SCOPE);
    if (token.equals(refused)) {
      token = tokens.freshToken(SCOPE);
    } else {
      request.cachedToken(token);
    }
    request.header("Authorization", "Bearer " + token);
  }

  @Override
  public void refused(RequestHead request) {
    if (request.cachedToken() != null) {
      refused = request.cachedToken();
    }
  }
}
