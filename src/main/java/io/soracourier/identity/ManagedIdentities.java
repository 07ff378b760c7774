package io.soracourier.identity;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.soracourier.http.Proxies;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.setting.RawSetting;
import io.soracourier.text.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;

/**
 * The identities that this process has been given. App Service and Functions tell an app with a
 * managed identity where to request tokens in {@code IDENTITY_ENDPOINT} and {@code
 * IDENTITY_HEADER}.
 */
@Singleton
public class ManagedIdentities {
  /** The endpoint is on the same machine, but its first response for a scope comes from Entra. */
  private static final int READ_TIMEOUT_SECONDS = 20;

  private static final int CONNECT_TIMEOUT_SECONDS = 2;

  /** For how long getting a token may block. */
  public static final Duration MAX_WAIT =
      Duration.ofSeconds(CONNECT_TIMEOUT_SECONDS + READ_TIMEOUT_SECONDS);

  private final Config config;
  private final Clock clock;
  private final Map<Optional<String>, TokenSource> identities = new ConcurrentHashMap<>();

  public ManagedIdentities(Config config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Whether there is any. */
  public boolean present() {
    return setting("IDENTITY_ENDPOINT").isPresent() && setting("IDENTITY_HEADER").isPresent();
  }

  /** Where tokens are handed out, which is where nothing else is requested from. */
  public Optional<URI> address() {
    try {
      return setting("IDENTITY_ENDPOINT").map(URI::create).filter(uri -> uri.getHost() != null);
    } catch (IllegalArgumentException noUrl) {
      return Optional.empty();
    }
  }

  /**
   * The identity with this client id. Where the process has none, requesting a token from it fails
   * with {@link IdentityException.Kind#ABSENT}.
   *
   * @param clientId of a user-assigned identity; empty: the system-assigned one
   */
  public TokenSource identity(Optional<String> clientId) {
    return identities.computeIfAbsent(
        clientId, id -> present() ? connect(id) : new AbsentIdentity());
  }

  /**
   * The identity that calls the video service: {@code AZURE_CLIENT_ID}, else the one that the
   * storage is reached with.
   */
  @Produces
  @Singleton
  TokenSource serviceIdentity() {
    return identity(setting("AZURE_CLIENT_ID").or(() -> setting("VideoStorage__clientId")));
  }

  private TokenSource connect(Optional<String> clientId) {
    QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder();
    // It is on the same machine, and what is sent there is a secret.
    Proxies.none().apply(builder, endpoint());
    IdentityApi api =
        builder
            .baseUri(endpoint())
            .connectTimeout(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .readTimeout(READ_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .followRedirects(false)
            .build(IdentityApi.class);
    String header = setting("IDENTITY_HEADER").orElseThrow();
    Secrets.register("IDENTITY_HEADER", header);
    return new ManagedIdentity(api, header, clientId, clock);
  }

  private URI endpoint() {
    try {
      return new URI(setting("IDENTITY_ENDPOINT").orElseThrow());
    } catch (URISyntaxException e) {
      throw new InvalidSettingException(
          "IDENTITY_ENDPOINT", "is not a URL; Azure sets it: remove your own value");
    }
  }

  private Optional<String> setting(String name) {
    return RawSetting.trimmed(config, name);
  }
}
