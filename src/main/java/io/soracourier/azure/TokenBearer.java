package io.soracourier.azure;

import io.soracourier.identity.OneFreshToken;
import io.soracourier.identity.OneFreshToken.Token;
import io.soracourier.identity.TokenSource;
import java.time.Clock;

/** Puts an access token on the request, after a 401 {@linkplain OneFreshToken another one}. */
final class TokenBearer extends Authentication {
  static final String SCOPE = "https://storage.azure.com/.default";

  private final OneFreshToken tokens;

  TokenBearer(TokenSource tokens, Clock clock) {
    super(clock);
    this.tokens = new OneFreshToken(tokens, SCOPE);
  }

  @Override
  void authenticate(RequestHead request) {
    Token token = tokens.next();
    request.token(token);
    request.header("Authorization", "Bearer " + token.value());
  }

  @Override
  public void refused(RequestHead request) {
    Token token = request.token();
    if (token != null) {
      tokens.refuse(token);
    }
  }
}
