package io.soracourier.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who is let in: the key, as {@code api-key} or bearer, and bearer tokens until they expire. */
final class Credentials {
  private static final String BEARER = "bearer ";

  private final Clock clock;
  private volatile String apiKey;
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();

  Credentials(Clock clock, String apiKey) {
    this.clock = clock;
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
    return request.header("api-key").filter(apiKey::equals).isPresent()
        || bearer(request).filter(this::isKnown).isPresent();
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
