package io.soracourier.sora;

import io.soracourier.identity.OneFreshToken;
import io.soracourier.identity.OneFreshToken.Token;
import io.soracourier.identity.TokenSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credential for the video service: the key where there is one, nothing where the key is
 * {@value #NO_CREDENTIAL}, else a token of the managed identity. Azure takes a key in {@code
 * api-key}; other servers of the {@code /v1/videos} shape take it as a bearer token, or in a header
 * that a setting names. A token is always a bearer token.
 */
public final class SoraAuthentication {
  /** Instead of a key, in any case: the server needs none. */
  static final String NO_CREDENTIAL = "none";

  private static final int UNAUTHORIZED = 401;

  private final Endpoint endpoint;
  private final Optional<String> key;
  private final Optional<KeyHeader> keyHeader;
  private final boolean anonymous;
  private final TokenSource tokens;
  private final String scope;

  /**
   * @param key the key, {@value #NO_CREDENTIAL}, or empty for tokens
   * @param keyHeader of the key; empty where the endpoint decides
   */
  SoraAuthentication(
      Endpoint endpoint,
      Optional<String> key,
      Optional<KeyHeader> keyHeader,
      TokenSource tokens,
      String scope) {
    this.endpoint = endpoint;
    this.keyHeader = keyHeader;
    this.anonymous = key.filter(NO_CREDENTIAL::equalsIgnoreCase).isPresent();
    this.key = key.filter(given -> !anonymous);
    this.tokens = tokens;
    this.scope = scope;
  }

  /** Whether requests are sent without any credential. */
  public boolean isAnonymous() {
    return anonymous;
  }

  /** Whether requests carry a token of the managed identity, for which roles are what counts. */
  boolean isByIdentity() {
    return !anonymous && key.isEmpty();
  }

  /**
   * The credential of one request.
   *
   * @param api that the request is of
   */
  public Credential credential(VideoApi api) {
    return new Credential(api);
  }

  /** What one request carries, which may be sent once more with another token. */
  public final class Credential {
    private final VideoApi api;
    private final OneFreshToken fresh = new OneFreshToken(tokens, scope);
    private @Nullable Token token;
    private boolean renewed;

    private Credential(VideoApi api) {
      this.api = api;
    }

    /**
     * The header that goes with a request to the endpoint's own origin, and to nowhere else. Empty
     * where none is sent.
     *
     * @throws io.soracourier.identity.IdentityException when there is no token
     */
    public Optional<Map.Entry<String, String>> header() {
      if (anonymous || key.isPresent()) {
        return key.map(secret -> SoraAuthentication.this.header(api, secret));
      }
      token = fresh.next();
      return Optional.of(bearer(token.value()));
    }

    /** Whether the request is sent once more, after this status. */
    public boolean isRenewedAfter(int status) {
      boolean another = status == UNAUTHORIZED && !renewed && token != null && fresh.refuse(token);
      renewed |= another;
      return another;
    }
  }

  /** The header as a person would write it, with a placeholder for the secret. */
  public Optional<Map.Entry<String, String>> placeholder(VideoApi api) {
    if (anonymous) {
      return Optional.empty();
    }
    return Optional.of(key.isPresent() ? header(api, "YOUR_KEY") : bearer("YOUR_TOKEN"));
  }

  private Map.Entry<String, String> header(VideoApi api, String secret) {
    return keyHeader
        .map(header -> header.with(secret))
        .orElseGet(() -> api.keyHeader(endpoint, secret));
  }

  private static Map.Entry<String, String> bearer(String secret) {
    return Map.entry("Authorization", "Bearer " + secret);
  }
}
