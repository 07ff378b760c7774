package io.soracourier.sora;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.Startup;
import io.soracourier.identity.ManagedIdentities;
import io.soracourier.identity.TokenSource;
import io.soracourier.setting.Bounds;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.text.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the clients of the video service from the settings. */
class SoraSetup {
  private static final String API_KEY = "AZURE_OPENAI_API_KEY";
  private static final String DEFAULT_SCOPE = "https://cognitiveservices.azure.com/.default";

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
      @ConfigProperty(name = API_KEY) Optional<String> key,
      @ConfigProperty(name = "AZURE_OPENAI_SCOPE") Optional<String> scope,
      TokenSource tokens,
      ManagedIdentities identities) {
    Optional<String> given = filled(key);
    Optional<String> givenScope = filled(scope);
    if (given.isEmpty() && !identities.present()) {
      throw new InvalidSettingException(
          API_KEY,
          "is not set, and there is no managed identity to use instead; put a key of the resource"
              + " there (none if the server wants no key), or give the function app an identity");
    }
    if (given.isEmpty() && givenScope.isEmpty() && !endpoint.takesTokensUnasked()) {
      throw new InvalidSettingException(
          API_KEY,
          "is not set, and "
              + Endpoint.SETTING
              + " is not a host of Azure OpenAI, so the managed identity's token is not sent there;"
              + " put the server's key there (none if the server wants no key), or set"
              + " AZURE_OPENAI_SCOPE if this host (for example API Management or a custom domain)"
              + " accepts Entra tokens");
    }
    if (given.filter(text -> !text.matches("[!-~]+")).isPresent()) {
      throw new InvalidSettingException(
          API_KEY,
          "has a character that no key has, such as a space or a line break; paste the key again");
    }
    given.ifPresent(secret -> Secrets.register(API_KEY, secret));
    return new SoraAuthentication(endpoint, given, tokens, givenScope.orElse(DEFAULT_SCOPE));
  }

  private static Optional<String> filled(Optional<String> setting) {
    return setting.map(String::strip).filter(text -> !text.isEmpty());
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
    Bounds.check("courier.sora.connect-timeout", config.connectTimeout(), SHORTEST, LONGEST);
    Bounds.check("courier.sora.read-timeout", config.readTimeout(), SHORTEST, LONGEST);
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
        .build(api);
  }
}
