package io.soracourier.sora;

import io.soracourier.identity.ManagedIdentities;
import io.soracourier.setting.Bounds;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.setting.RawSetting;
import io.soracourier.setting.Reference;
import io.soracourier.setting.SettingChecks;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** What the settings of the video service must be. */
@Singleton
class SoraSettingChecks implements SettingChecks {
  static final String API_KEY = "AZURE_OPENAI_API_KEY";
  static final String SCOPE = "AZURE_OPENAI_SCOPE";

  private static final int MAX_RETRIES = 10;
  private static final int MAX_CALLS = 10_000;
  private static final Duration MIN = Duration.ofMillis(1);
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration MAX = Duration.ofMinutes(10);

  /** The last look begins so long before a job's deadline: a longer wait would miss that. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private final Config config;
  private final ManagedIdentities identities;
  private final SoraConfig sora;
  private final RetryConfig retry;
  private final CircuitConfig circuit;

  SoraSettingChecks(
      Config config,
      ManagedIdentities identities,
      SoraConfig sora,
      RetryConfig retry,
      CircuitConfig circuit) {
    this.config = config;
    this.identities = identities;
    this.sora = sora;
    this.retry = retry;
    this.circuit = circuit;
  }

  @Override
  public List<Runnable> checks() {
    List<Runnable> checks = new ArrayList<>();
    for (String name : List.of(Endpoint.SETTING, API_KEY, SCOPE)) {
      checks.add(() -> Reference.check(config, name));
    }
    checks.add(this::endpoint);
    checks.add(() -> api(sora.api()));
    checks.add(() -> checkKey(setting(API_KEY), identities.present()));
    checks.add(() -> checkTokenGoes(endpoint(), setting(API_KEY), setting(SCOPE)));
    checks.add(() -> KeyHeader.parse(sora.keyHeader(), setting(API_KEY)));
    checks.add(
        () ->
            Bounds.check("courier.sora.connect-timeout", sora.connectTimeout(), MIN, MAX_TIMEOUT));
    checks.add(
        () -> Bounds.check("courier.sora.read-timeout", sora.readTimeout(), MIN, MAX_TIMEOUT));
    checks.addAll(of(retry));
    checks.addAll(of(circuit));
    return checks;
  }

  private Optional<String> setting(String name) {
    return RawSetting.trimmed(config, name);
  }

  private Endpoint endpoint() {
    return endpoint(setting(Endpoint.SETTING), sora.allowHttp(), identities.address());
  }

  /**
   * @param identity where tokens of the managed identity are handed out
   */
  static Endpoint endpoint(Optional<String> setting, boolean allowHttp, Optional<URI> identity) {
    Endpoint endpoint =
        setting
            .map(Endpoint::parse)
            .orElseThrow(
                () ->
                    new InvalidSettingException(
                        Endpoint.SETTING, "is not set" + PastedAddress.WHAT_TO_PUT));
    AddressPolicy.checkSetting(endpoint, identity);
    if (endpoint.isPlainElsewhere() && !allowHttp) {
      throw new InvalidSettingException(
          Endpoint.SETTING,
          "is an http URL to another machine, to which the key would travel in the clear; put an"
              + " https URL there, or, for a server inside a private network, set"
              + " courier.sora.allow-http to true");
    }
    return endpoint;
  }

  static void api(String name) {
    if (!name.strip().equalsIgnoreCase(SoraConfig.AUTO) && VideoApis.named(name).isEmpty()) {
      throw new InvalidSettingException(
          "courier.sora.api",
          "must be %s or one of %s"
              .formatted(
                  SoraConfig.AUTO,
                  VideoApis.ALL.stream().map(VideoApi::name).collect(Collectors.joining(", "))));
    }
  }

  /**
   * @param key empty for a managed identity's token
   */
  static void checkKey(Optional<String> key, boolean identityPresent) {
    if (key.isEmpty() && !identityPresent) {
      throw new InvalidSettingException(
          API_KEY,
          "is not set, and there is no managed identity to use instead; put the server's key there"
              + " (none if the server wants no key), or give the function app an identity");
    }
    if (key.filter(text -> !text.matches("[!-~]+")).isPresent()) {
      throw new InvalidSettingException(
          API_KEY,
          "has a character that no key has, such as a space or a line break; paste the key again");
    }
  }

  static void checkTokenGoes(Endpoint endpoint, Optional<String> key, Optional<String> scope) {
    if (key.isEmpty() && endpoint.isPlainElsewhere()) {
      throw new InvalidSettingException(
          API_KEY,
          "is not set, and "
              + Endpoint.SETTING
              + " is an http URL to another machine, to which a managed identity's token is never"
              + " sent; put the server's key there (none if the server wants no key), or an https URL"
              + " into "
              + Endpoint.SETTING);
    }
    if (key.isEmpty() && scope.isEmpty() && !endpoint.takesTokensUnasked()) {
      throw new InvalidSettingException(
          API_KEY,
          "is not set, and "
              + Endpoint.SETTING
              + " is not a host of Azure OpenAI, so the managed identity's token is not sent there;"
              + " put the server's key there (none if the server wants no key), or set"
              + " AZURE_OPENAI_SCOPE if this host (for example API Management or a custom domain)"
              + " accepts Entra tokens");
    }
  }

  static List<Runnable> of(RetryConfig retry) {
    return List.of(
        () -> Bounds.check("courier.retry.count", retry.count(), 0, MAX_RETRIES),
        () -> Bounds.check("courier.retry.delay", retry.delay(), MIN, MAX),
        () -> Bounds.check("courier.retry.within", retry.within(), MIN, MAX),
        () ->
            Bounds.check(
                "courier.retry.longest-retry-after",
                retry.longestRetryAfter(),
                Duration.ZERO,
                MAX_WAIT));
  }

  static List<Runnable> of(CircuitConfig circuit) {
    return List.of(
        () -> Bounds.check("courier.circuit.calls", circuit.calls(), 1, MAX_CALLS),
        () -> Bounds.check("courier.circuit.delay", circuit.delay(), MIN, MAX),
        () -> {
          if (!(circuit.failureRatio() > 0 && circuit.failureRatio() <= 1)) {
            throw new InvalidSettingException(
                "courier.circuit.failure-ratio",
                "must be more than 0 and at most 1, for example 0.75");
          }
        });
  }
}
