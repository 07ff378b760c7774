package io.soracourier.sora;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.Startup;
import io.soracourier.identity.ManagedIdentities;
import io.soracourier.identity.TokenSource;
import io.soracourier.text.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the clients of the video service from the settings. */
class SoraSetup {
  private static final String DEFAULT_SCOPE = "https://cognitiveservices.azure.com/.default";

  @Produces
  @Singleton
  @Startup
  Endpoint endpoint(@ConfigProperty(name = Endpoint.SETTING) Optional<String> setting) {
    return SoraSettingChecks.endpoint(setting);
  }

  @Produces
  @Singleton
  @Startup
  SoraAuthentication authentication(
      Endpoint endpoint,
      @ConfigProperty(name = SoraSettingChecks.API_KEY) Optional<String> key,
      @ConfigProperty(name = SoraSettingChecks.SCOPE) Optional<String> scope,
      TokenSource tokens,
      ManagedIdentities identities) {
    Optional<String> given = SoraSettingChecks.key(key, identities.present());
    Optional<String> givenScope = SoraSettingChecks.filled(scope);
    SoraSettingChecks.checkTokenGoes(endpoint, given, givenScope);
    given.ifPresent(secret -> Secrets.register(SoraSettingChecks.API_KEY, secret));
    return new SoraAuthentication(endpoint, given, tokens, givenScope.orElse(DEFAULT_SCOPE));
  }

  @Produces
  @Singleton
  SoraErrors errors(ServiceClock clock, SoraAuthentication authentication) {
    return new SoraErrors(clock, authentication.isAnonymous());
  }

  @Produces
  @Singleton
  @Startup
  SoraJobsApi jobsApi(Endpoint endpoint, SoraAuthentication authentication, SoraConfig config) {
    return client(SoraJobsApi.class, endpoint, authentication, config);
  }

  @Produces
  @Singleton
  VideosApi videosApi(Endpoint endpoint, SoraAuthentication authentication, SoraConfig config) {
    return client(VideosApi.class, endpoint, authentication, config);
  }

  private static <T> T client(
      Class<T> api, Endpoint endpoint, SoraAuthentication authentication, SoraConfig config) {
    ClientRequestFilter authenticate =
        request -> {
          request.getHeaders().putSingle("Accept-Encoding", ContentEncoding.NONE);
          authentication
              .header()
              .ifPresent(
                  header -> request.getHeaders().putSingle(header.getKey(), header.getValue()));
        };
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(endpoint.base())
        .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .httpClientOptionsCustomizer(
            options ->
                // The read timeout ends with the head of an answer; this one covers its body.
                options
                    .setMaxHeaderSize(ServiceAnswer.MAX_HEADERS)
                    .setIdleTimeout((int) config.readTimeout().toMillis())
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
        .followRedirects(false)
        .disableDefaultMapper(true)
        .register(authenticate)
        .register((ClientResponseFilter) SoraSetup::forgetContentType)
        .build(api);
  }

  /** Nobody asks for it, and the client throws for one that it cannot read. */
  private static void forgetContentType(
      ClientRequestContext request, ClientResponseContext response) {
    // There are none where a request was not sent, for want of a token.
    if (response.getHeaders() != null) {
      response.getHeaders().remove("Content-Type");
    }
  }
}
