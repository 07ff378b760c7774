package io.soracourier.azure;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.Startup;
import io.soracourier.http.Proxies;
import io.soracourier.identity.ManagedIdentities;
import io.soracourier.setting.InvalidSettingException;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

/** What the clients of all services have in common, made when the application starts. */
public final class StorageClients {
  /**
   * Requests take some milliseconds each, so that these serve all that may be in flight, and a
   * storage that takes seconds, too. One for each would cost a small instance's processor more time
   * for their TLS than there is, when hundreds of looks end together.
   */
  private static final int POOL_SIZE = 128;

  /** The service closes idle connections after some minutes: leave before it does. */
  public static final int KEPT_SECONDS = 60;

  StorageClients() {}

  @Produces
  @Singleton
  @Startup
  StorageSettings settings(Config config, ManagedIdentities identities) {
    return settings(config, identities.present());
  }

  static StorageSettings settings(Config config, boolean identityPresent) {
    StorageSettings settings = StorageSettings.from(config);
    if (settings.credential() instanceof StorageCredential.Token && !identityPresent) {
      throw new InvalidSettingException(
          "VideoStorage",
          "is not set, and there is no managed identity to reach the storage with; put a connection"
              + " string there, or give the function app an identity");
    }
    return settings;
  }

  @Produces
  @Singleton
  Authentication authentication(
      StorageSettings settings, ManagedIdentities identities, Clock clock) {
    return authentication(settings.credential(), identities, clock);
  }

  static Authentication authentication(
      StorageCredential credential, ManagedIdentities identities, Clock clock) {
    if (credential instanceof StorageCredential.SharedKey key) {
      return new SharedKeySigner(key, clock);
    } else if (credential instanceof StorageCredential.Sas sas) {
      return new SasAppender(sas, clock);
    } else if (credential instanceof StorageCredential.Token token) {
      return new TokenBearer(identities.identity(token.clientId()), clock);
    }
    throw new AssertionError("StorageCredential is sealed: " + credential);
  }

  /**
   * A client of one of the services.
   *
   * @param endpoint of the service
   */
  public static QuarkusRestClientBuilder builder(
      URI endpoint, Authentication authentication, StorageConfig config, Proxies proxies) {
    return builder(
        endpoint, authentication, config.connectTimeout(), config.readTimeout(), proxies);
  }

  /**
   * @param readTimeout from a request to the head of its response, and then between its bytes
   */
  public static QuarkusRestClientBuilder builder(
      URI endpoint,
      Authentication authentication,
      Duration connectTimeout,
      Duration readTimeout,
      Proxies proxies) {
    QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder();
    proxies.apply(builder, endpoint);
    return builder
        .baseUri(endpoint)
        .followRedirects(false)
        .httpClientOptions(closingWhenIdle(readTimeout))
        .connectTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(readTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, POOL_SIZE)
        .property(QuarkusRestClientProperties.CONNECTION_TTL, KEPT_SECONDS)
        .property(QuarkusRestClientProperties.KEEP_ALIVE_ENABLED, true)
        .register(new AuthenticationFilter(authentication), AuthenticationFilter.PRIORITY);
  }

  /** The read timeout ends with the head: a body that stops coming ends with its connection. */
  private static HttpClientOptions closingWhenIdle(Duration timeout) {
    return new HttpClientOptions()
        .setIdleTimeout((int) timeout.toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
  }
}
