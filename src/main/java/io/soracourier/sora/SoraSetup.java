package io.soracourier.sora;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.Startup;
import io.soracourier.identity.ManagedIdentities;
import io.soracourier.identity.TokenSource;
import io.soracourier.setting.Bounds;
import io.soracourier.setting.InvalidSettingException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the clients of the video service from the settings. */
class SoraSetup {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Produces
  @Singleton
  @Startup
  Endpoint endpoint(@ConfigProperty(name = Endpoint.SETTING) Optional<String> setting) {
    return setting
        .filter(text -> !text.isBlank())
        .map(Endpoint::parse)
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    Endpoint.SETTING,
                    "is not set; put the address of the Azure OpenAI resource there,"
                        + " https://{resource}.openai.azure.com"));
  }

  @Produces
  @Singleton
  @Startup
  SoraAuthentication authentication(
      Endpoint endpoint,
      @ConfigProperty(name = "AZURE_OPENAI_API_KEY") Optional<String> key,
      @ConfigProperty(
              name = "AZURE_OPENAI_SCOPE",
              defaultValue = "https://cognitiveservices.azure.com/.default")
          String scope,
      TokenSource tokens,
      ManagedIdentities identities) {
    Optional<String> given = key.map(String::strip).filter(text -> !text.isEmpty());
    if (given.isEmpty() && !identities.present()) {
      throw new InvalidSettingException(
          "AZURE_OPENAI_API_KEY",
          "is not set, and there is no managed identity to use instead; put a key of the resource"
              + " there, or give the function app an identity");
    }
    if (given.filter(text -> !text.matches("[!-~]+")).isPresent()) {
      throw new InvalidSettingException(
          "AZURE_OPENAI_API_KEY",
          "has a character that no key has, such as a space or a line break; paste the key again");
    }
    return new SoraAuthentication(endpoint, given, tokens, scope);
  }

  @Produces
  @Singleton
  SoraErrors errors(ServiceClock clock) {
    return new SoraErrors(clock);
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
    Bounds.check("courier.sora.connect-timeout", config.connectTimeout(), SHORTEST, LONGEST);
    Bounds.check("courier.sora.read-timeout", config.readTimeout(), SHORTEST, LONGEST);
    ClientRequestFilter authenticate =
        request -> {
          var header = authentication.header();
          request.getHeaders().putSingle(header.getKey(), header.getValue());
        };
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(endpoint.base())
        .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .httpClientOptionsCustomizer(
            options ->
                // The read timeout ends with the head of an answer; this one covers its body.
                options
                    .setIdleTimeout((int) config.readTimeout().toMillis())
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
        .followRedirects(false)
        .disableDefaultMapper(true)
        .register(authenticate)
        .build(api);
  }
}
