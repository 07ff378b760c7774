package io.soracourier.identity;

/**
 * The retry of a request that received 401: one more, with a token that was not in the cache. Which
 * token was refused is remembered, so that no request is sent with it again. One of these is for
 * all requests of a client, or for one request.
 */
public final class OneFreshToken {
  private final TokenSource tokens;
  private final String scope;
  private volatile String refused = "";

  public OneFreshToken(TokenSource tokens, String scope) {
    this.tokens = tokens;
    this.scope = scope;
  }

  /**
   * A token for one request.
   *
   * @param mayBeStale whether it is from the cache
   */
  public record Token(String value, boolean mayBeStale) {
    /** Not the token. */
    @Override
    public String toString() {
      return "Token[" + (mayBeStale ? "cached" : "fresh") + "]";
    }
  }

  /**
   * The token for the next request; may block on one request.
   *
   * @throws IdentityException when there is none
   */
  public Token next() {
    String cached = tokens.token(scope);
    return cached.equals(refused)
        ? new Token(tokens.freshToken(scope), false)
        : new Token(cached, true);
  }

  /** A request with it received 401. Returns whether a retry with another token is worth it. */
  public boolean refuse(Token token) {
    if (token.mayBeStale()) {
      refused = token.value();
    }
    return token.mayBeStale();
  }
}
