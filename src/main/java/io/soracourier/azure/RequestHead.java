package io.soracourier.azure;

import io.soracourier.identity.OneFreshToken.Token;
import io.vertx.core.http.HttpClientResponse;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as far as it matters to authentication, whichever client sends it: method, URI and
 * headers. Credentials read it and put their proof on it.
 */
public final class RequestHead {
  private final String method;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private URI uri;
  private @Nullable Token token;

  public RequestHead(String method, URI uri) {
    this.method = method;
    this.uri = uri;
  }

  String method() {
    return method;
  }

  public URI uri() {
    return uri;
  }

  void uri(URI uri) {
    this.uri = uri;
  }

  /** The value of a header, or the empty string. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  public RequestHead header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** By name, without regard to case. */
  public Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  /**
   * Whether a response is known to be to another request. The next one by its connection is no more
   * to its own, so that the connection must be closed.
   */
  public boolean isNotThatOf(HttpClientResponse response) {
    return ClientRequestId.isAnothers(
        this::header, name -> String.join(",", response.headers().getAll(name)));
  }

  /** Whether it carries a token that came from a cache and may be stale. */
  public boolean mayBeStale() {
    return token != null && token.mayBeStale();
  }

  @Nullable Token token() {
    return token;
  }

  void token(Token token) {
    this.token = token;
  }
}
