package io.soracourier.sora;

import io.soracourier.identity.TokenSource;
import java.util.Map;
import java.util.Optional;

/**
 * What proves to the video service who asks: the key where there is one, else a token of the
 * managed identity. Azure takes a key in {@code api-key}; other servers of the {@code /v1/videos}
 * shape take it as a bearer token.
 */
public final class SoraAuthentication {
  private final Endpoint endpoint;
  private final Optional<String> key;
  private final TokenSource tokens;
  private final String scope;

  SoraAuthentication(Endpoint endpoint, Optional<String> key, TokenSource tokens, String scope) {
    this.endpoint = endpoint;
    this.key = key;
    this.tokens = tokens;
    this.scope = scope;
  }

  /** The header that goes with a request to the endpoint's own origin, and to nowhere else. */
  public Map.Entry<String, String> header() {
    if (key.isPresent()) {
      return endpoint.isAzure()
          ? Map.entry("api-key", key.get())
          : Map.entry("Authorization", "Bearer " + key.get());
    }
    return Map.entry("Authorization", "Bearer " + tokens.token(scope));
  }

  /** The header as a person would write it, with a placeholder for the secret. */
  public Map.Entry<String, String> placeholder() {
    if (key.isPresent()) {
      return endpoint.isAzure()
          ? Map.entry("api-key", "YOUR_KEY")
          : Map.entry("Authorization", "Bearer YOUR_KEY");
    }
    return Map.entry("Authorization", "Bearer YOUR_TOKEN");
  }

  /** After a 401: gets another token. Returns whether there is anything else to try with. */
  public boolean renew() {
    if (key.isPresent()) {
      return false;
    }
    tokens.freshToken(scope);
    return true;
  }
}
