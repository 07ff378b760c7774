package io.soracourier.sora;

import io.quarkus.runtime.Startup;
import io.soracourier.http.Addresses;
import io.soracourier.http.HttpGetClient;
import io.soracourier.http.HttpTimeouts;
import io.soracourier.http.Proxies;
import io.soracourier.identity.ManagedIdentities;
import io.soracourier.identity.TokenSource;
import io.soracourier.setting.RawSetting;
import io.soracourier.text.Secrets;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Makes from the settings what requests to the video service need. */
class SoraSetup {
  private static final String DEFAULT_SCOPE = "https://cognitiveservices.azure.com/.default";

  @Produces
  @Singleton
  @Startup
  Endpoint endpoint(Config config, SoraConfig sora, ManagedIdentities identities) {
    return SoraSettingChecks.endpoint(
        RawSetting.trimmed(config, Endpoint.SETTING), sora.allowHttp(), identities.address());
  }

  @Produces
  @Singleton
  AddressPolicy addresses(Endpoint endpoint, Proxies proxies, ManagedIdentities identities) {
    return new AddressPolicy(endpoint, proxies, identities.address(), Addresses::of);
  }

  @Produces
  @Singleton
  @Startup
  SoraAuthentication authentication(
      Endpoint endpoint,
      Config config,
      SoraConfig sora,
      TokenSource tokens,
      ManagedIdentities identities) {
    Optional<String> key = RawSetting.trimmed(config, SoraSettingChecks.API_KEY);
    Optional<String> scope = RawSetting.trimmed(config, SoraSettingChecks.SCOPE);
    SoraSettingChecks.checkKey(key, identities.present());
    SoraSettingChecks.checkTokenGoes(endpoint, key, scope);
    key.ifPresent(secret -> Secrets.register(SoraSettingChecks.API_KEY, secret));
    return new SoraAuthentication(
        endpoint, key, KeyHeader.parse(sora.keyHeader(), key), tokens, scope.orElse(DEFAULT_SCOPE));
  }

  /** For jobs. */
  @Produces
  @Singleton
  @Startup
  HttpGetClient http(SoraConfig config, Vertx vertx, Proxies proxies) {
    HttpTimeouts timeouts =
        new HttpTimeouts(config.connectTimeout(), config.readTimeout(), config.readTimeout());
    return new HttpGetClient(vertx, proxies, timeouts);
  }

  void close(@Disposes HttpGetClient http) {
    http.close();
  }

  @Produces
  @Singleton
  SoraErrors errors(
      ServiceClock clock, Endpoint endpoint, SoraAuthentication authentication, RecentJobs recent) {
    return new SoraErrors(
        clock,
        new RefusalAdvice(
            endpoint.isOnAzure() || authentication.isByIdentity(),
            authentication.isAnonymous(),
            recent));
  }
}
