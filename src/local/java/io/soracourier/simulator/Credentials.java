package io.soracourier.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who is let in: the key, as {@code api-key} or bearer, and bearer tokens until they expire. */
final class Credentials {
  /** The one header of Azure's; the other is known by its tokens. */
  static final List<String> SERVICES = List.of("api-key");

  private static final String BEARER = "bearer ";

  private final Clock clock;
  private final List<String> headers;
  private volatile String apiKey;
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();

  /**
   * @param headers in which the key is taken, each with its scheme if it has one; the services' own
   *     take tokens too
   */
  Credentials(Clock clock, List<String> headers, String apiKey) {
    this.clock = clock;
    this.headers = headers;
    this.apiKey = apiKey;
  }

  String apiKey() {
    return apiKey;
  }

  void apiKey(String other) {
    apiKey = other;
  }

  void accept(String token, Instant until) {
    tokens.put(token, until);
  }

  void reject(String token) {
    tokens.remove(token);
  }

  boolean admit(Request request) {
    return headers.stream().anyMatch(header -> admits(header, request))
        || headers.equals(SERVICES) && bearer(request).filter(this::isKnown).isPresent();
  }

  private boolean admits(String header, Request request) {
    String[] nameAndScheme = (header + ":").split(": ?", 3);
    String scheme = nameAndScheme[1].isEmpty() ? "" : nameAndScheme[1] + " ";
    return request
        .header(nameAndScheme[0])
        .filter(value -> value.regionMatches(true, 0, scheme, 0, scheme.length()))
        .map(value -> value.substring(scheme.length()))
        .filter(apiKey::equals)
        .isPresent();
  }

  private static Optional<String> bearer(Request request) {
    return request
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  private boolean isKnown(String token) {
    return token.equals(apiKey)
        || Optional.ofNullable(tokens.get(token)).filter(clock.instant()::isBefore).isPresent();
  }
}
