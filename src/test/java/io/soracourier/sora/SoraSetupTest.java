package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.soracourier.identity.ManagedIdentities;
import io.soracourier.identity.TokenSource;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.text.Excerpt;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which credential is sent, by the settings. */
class SoraSetupTest {
  private static final Endpoint AZURE = Endpoint.parse("https://r.openai.azure.com");
  private static final Endpoint OTHER = Endpoint.parse("https://videos.example.com/v1");
  private static final TokenSource TOKENS = new ScopeAsToken();

  @Test
  void azureWithoutAKey_getsATokenOfTheDefaultScope() {
    assertThat(authentication(AZURE, null, null, identity()).credential(VideoApis.VIDEOS).header())
        .contains(
            Map.entry("Authorization", "Bearer https://cognitiveservices.azure.com/.default"));
  }

  @Test
  void anotherHostWithoutAKey_stopsTheStartWithWhatToSet() {
    assertThatThrownBy(() -> authentication(OTHER, null, " ", identity()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("AZURE_OPENAI_API_KEY ")
        .hasMessageContainingAll(
            "AZURE_OPENAI_ENDPOINT",
            "none if the server wants no key",
            "AZURE_OPENAI_SCOPE",
            "API Management or a custom domain")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void anotherHostWithAScope_getsATokenOfIt() {
    assertThat(
            authentication(OTHER, null, " api://gateway/.default ", identity())
                .credential(VideoApis.VIDEOS)
                .header())
        .contains(Map.entry("Authorization", "Bearer api://gateway/.default"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "NONE", " None "})
  void keyNone_sendsNothingAndNeedsNoIdentity(String none) {
    SoraAuthentication authentication = authentication(OTHER, none, null, noIdentity());

    assertThat(authentication.isAnonymous()).isTrue();
    assertThat(authentication.credential(VideoApis.VIDEOS).header()).isEmpty();
    assertThat(authentication.placeholder(VideoApis.VIDEOS)).isEmpty();
    assertThat(authentication.credential(VideoApis.VIDEOS).isRenewedAfter(401)).isFalse();
    assertThat(
            authentication(AZURE, none, "scope", identity()).credential(VideoApis.VIDEOS).header())
        .isEmpty();
  }

  @Test
  void neitherKeyNorIdentity_stopsTheStart() {
    assertThatThrownBy(() -> authentication(AZURE, null, "scope", noIdentity()))
        .hasMessageStartingWith("AZURE_OPENAI_API_KEY is not set")
        .hasMessageContaining("none if the server wants no key");
  }

  @Test
  void key_isSentAsTheServerTakesItAndIsASecret() {
    assertThat(
            authentication(AZURE, " setup-test-key-1 ", null, identity())
                .credential(VideoApis.VIDEOS)
                .header())
        .contains(Map.entry("api-key", "setup-test-key-1"));
    assertThat(
            authentication(OTHER, "setup-test-key-2", null, noIdentity())
                .credential(VideoApis.VIDEOS)
                .header())
        .contains(Map.entry("Authorization", "Bearer setup-test-key-2"));
    assertThat(Excerpt.of("no setup-test-key-1, no setup-test-key-2!", 100))
        .isEqualTo("no …, no …!");
  }

  private static SoraAuthentication authentication(
      Endpoint endpoint, String key, String scope, ManagedIdentities identities) {
    Map<String, String> settings = new HashMap<>();
    settings.put(SoraSettingChecks.API_KEY, key == null ? "" : key);
    settings.put(SoraSettingChecks.SCOPE, scope == null ? "" : scope);
    return new SoraSetup()
        .authentication(endpoint, config(settings), new SoraDefaults(), TOKENS, identities);
  }

  private static ManagedIdentities identity() {
    return identities(
        Map.of("IDENTITY_ENDPOINT", "http://127.0.0.1:1/msi", "IDENTITY_HEADER", "header"));
  }

  private static ManagedIdentities noIdentity() {
    return identities(Map.of());
  }

  private static ManagedIdentities identities(Map<String, String> settings) {
    return new ManagedIdentities(config(settings), Clock.systemUTC());
  }

  private static SmallRyeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build();
  }

  private static final class ScopeAsToken implements TokenSource {
    @Override
    public String token(String scope) {
      return scope;
    }

    @Override
    public String freshToken(String scope) {
      return scope;
    }
  }
}
