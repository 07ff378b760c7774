package io.soracourier.identity;

import static java.util.Objects.requireNonNull;

import io.soracourier.http.Causes;
import io.soracourier.identity.IdentityException.Kind;
import io.soracourier.text.Excerpt;
import io.soracourier.text.ReceivedText;
import io.soracourier.text.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The managed identity of the function app. Tokens are kept until shortly before they expire; while
 * one thread gets a new one, the others wait for it instead of requesting one too.
 */
public class ManagedIdentity implements TokenSource {
  /** A token handed out must outlive the request it is for, retries and a wrong clock included. */
  static final Duration RENEW_BEFORE_EXPIRY = Duration.ofMinutes(5);

  /**
   * A token as young as this is fresh for everybody: when a service refuses a token, many requests
   * learn of it at once, and the endpoint limits how often it may be called.
   */
  static final Duration STAYS_FRESH = Duration.ofSeconds(10);

  /**
   * How long a token is used, and how soon the next one is requested, when its expiry is unknown.
   */
  static final Duration USED_UNKNOWN = Duration.ofMinutes(5);

  static final Duration RENEW_UNKNOWN = Duration.ofMinutes(1);

  private static final int MAX_WORDS = 300;

  private final IdentityApi api;
  private final String header;
  private final Optional<String> clientId;
  private final Clock clock;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  ManagedIdentity(IdentityApi api, String header, Optional<String> clientId, Clock clock) {
    this.api = requireNonNull(api);
    this.header = requireNonNull(header);
    this.clientId = requireNonNull(clientId);
    this.clock = requireNonNull(clock);
  }

  @Override
  public String token(String scope) {
    return slots.computeIfAbsent(scope, Slot::new).token();
  }

  @Override
  public String freshToken(String scope) {
    return slots.computeIfAbsent(scope, Slot::new).freshToken();
  }

  /** The token of one scope. */
  private final class Slot {
    private final String scope;
    private volatile Kept kept = new Kept("", Instant.MIN, Instant.MIN, Instant.MIN);

    Slot(String scope) {
      this.scope = scope;
    }

    String token() {
      Kept now = kept;
      return clock.instant().isBefore(now.renewal) ? now.token : renew();
    }

    private synchronized String renew() {
      if (!clock.instant().isBefore(kept.renewal)) {
        try {
          kept = request();
        } catch (IdentityException e) {
          if (!clock.instant().isBefore(kept.expiry)) {
            throw e;
          }
        }
      }
      return kept.token;
    }

    synchronized String freshToken() {
      if (!clock.instant().isBefore(kept.obtained.plus(STAYS_FRESH))) {
        kept = request();
      }
      return kept.token;
    }

    private Kept request() {
      try {
        byte[] response =
            api.token(header, resource(scope), IdentityApi.API_VERSION, clientId.orElse(null));
        Instant now = clock.instant();
        IdentityToken token =
            IdentityToken.read(response == null ? null : ReceivedText.of(response), now);
        Secrets.register("token for " + scope, token.accessToken());
        if (token.accessToken().isEmpty()) {
          throw unavailable("its response has no access_token", null);
        }
        if (!token.isSendable()) {
          throw unavailable(
              "its access_token has a character that no header can carry, such as a line break",
              null);
        }
        return Kept.of(token, now);
      } catch (IdentityResponseException e) {
        throw e.isPassing() ? unavailable("it returned " + e.getMessage(), e) : refused(e);
      } catch (IdentityException e) {
        throw e;
      } catch (RuntimeException e) {
        String words = Excerpt.of(Causes.words(Causes.root(e)), MAX_WORDS);
        throw unavailable("it gave no usable response: " + words, e);
      }
    }

    private IdentityException unavailable(String why, @Nullable Throwable cause) {
      return new IdentityException(
          Kind.UNAVAILABLE,
          "No token for " + scope + " from the managed identity endpoint yet: " + why,
          cause);
    }

    private IdentityException refused(IdentityResponseException e) {
      String identity =
          clientId.map(id -> "the user-assigned identity " + id).orElse("a system-assigned one");
      return new IdentityException(
          Kind.REFUSED,
          "The managed identity endpoint gives no token for "
              + scope
              + " to "
              + identity
              + ": "
              + e.getMessage()
              + ". Assign that identity to the function app, or set VideoStorage__clientId or"
              + " AZURE_CLIENT_ID to the client id of the one that is assigned",
          e);
    }
  }

  /** A scope is a resource with {@code /.default} behind it. */
  private static String resource(String scope) {
    return scope.endsWith("/.default")
        ? scope.substring(0, scope.length() - "/.default".length())
        : scope;
  }

  private static final class Kept {
    final String token;
    final Instant obtained;
    final Instant renewal;
    final Instant expiry;

    Kept(String token, Instant obtained, Instant renewal, Instant expiry) {
      this.token = token;
      this.obtained = obtained;
      this.renewal = renewal;
      this.expiry = expiry;
    }

    /** A token that lives for less than that is not requested again for each call. */
    static Kept of(IdentityToken response, Instant now) {
      Instant expiry = response.expiry().orElse(now.plus(USED_UNKNOWN));
      Instant renewal =
          response
              .expiry()
              .map(end -> end.minus(RENEW_BEFORE_EXPIRY))
              .orElse(now.plus(RENEW_UNKNOWN));
      Instant soonest = now.plus(STAYS_FRESH);
      return new Kept(
          response.accessToken(), now, renewal.isBefore(soonest) ? soonest : renewal, expiry);
    }
  }
}
