package io.soracourier.sora;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.Startup;
import io.soracourier.identity.ManagedIdentities;
import io.soracourier.identity.TokenSource;
import io.soracourier.setting.InvalidSettingException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the clients of the video service from the settings. */
class SoraSetup {
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
    return new SoraAuthentication(endpoint, given, tokens, scope);
  }

  @Produces
  @Singleton
  SoraErrors errors(Clock clock) {
    return new SoraErrors(clock);
  }

  @Produces
  @Singleton
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
          var header = authentication.header();
          request.getHeaders().putSingle(header.getKey(), header.getValue());
        };
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(endpoint.base())
        .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .followRedirects(false)
        .disableDefaultMapper(true)
        .register(authenticate)
        .build(api);
  }
}
