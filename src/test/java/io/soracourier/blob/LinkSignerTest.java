package io.soracourier.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.soracourier.azure.StorageCredential;
import io.soracourier.azure.StorageSettings;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.storage.VideoLinks.Use;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can sign, for which addresses, and the sentence where nothing can. */
class LinkSignerTest {
  private static final StorageCredential KEY =
      new StorageCredential.SharedKey("acct", new byte[] {1, 2, 3});
  private static final StorageCredential TOKEN = new StorageCredential.Token(Optional.empty());
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

  @Test
  void sharedAccessSignature_cannotSignAndSaysWhatCan() {
    StorageCredential sas = new StorageCredential.Sas("sv=1&sig=c2VjcmV0");

    assertThat(signer("https://acct.blob.core.windows.net", sas, Map.of()).obstacle())
        .hasValue(
            "A connection string with a shared access signature cannot sign links; use an account"
                + " key or a managed identity");
  }

  @ParameterizedTest
  @CsvSource({
    "https://acct.blob.core.windows.net, https",
    "https://videos.example.com, https",
    "https://127.0.0.1:10000/acct, https",
    "http://127.0.0.1:10000/acct, 'https,http'",
    "http://localhost:10000/acct, 'https,http'",
    "http://[::1]:10000/acct, 'https,http'"
  })
  void link_isForHttpsUnlessItIsOnThisMachine(String endpoint, String protocols) {
    LinkSigner signer = signer(endpoint, KEY, Map.of());

    assertThat(signer.obstacle()).isEmpty();
    assertThat(signer.sign("a.mp4", NOW, NOW.plusSeconds(60), Use.PLAY).query())
        .contains("&spr=" + protocols.replace(",", "%2C") + "&");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://acct.blob.core.windows.net", "http://azurite:10000/acct"})
  void httpToAnotherMachine_isNeverSignedFor(String endpoint) {
    assertThat(signer(endpoint, KEY, Map.of()).obstacle())
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("https only"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://acct.blob.core.windows.net",
        "https://ACCT.blob.core.windows.net",
        "https://acct.blob.core.usgovcloudapi.net",
        "https://acct.privatelink.blob.core.windows.net",
        "https://acct.z12.blob.storage.azure.net",
        "https://127.0.0.1:10000/acct",
        "http://localhost:10000/acct",
        "http://[::1]:10000/acct"
      })
  void accountName_isReadFromTheAddress(String endpoint) {
    assertThat(signer(endpoint, TOKEN, Map.of("VideoStorage__accountName", "other")).account())
        .hasValue("acct");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://videos.example.com", "https://videos.blobs.example.com"})
  void customDomain_needsTheAccountsNameForAToken(String endpoint) {
    assertThat(signer(endpoint, TOKEN, Map.of()).obstacle())
        .hasValueSatisfying(
            sentence -> assertThat(sentence).contains("set VideoStorage__accountName"));
    assertThat(signer(endpoint, TOKEN, Map.of("VideoStorage__accountName", "acct")).account())
        .hasValue("acct");
    assertThat(signer(endpoint, KEY, Map.of()).account()).hasValue("acct");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT4S", "PT0S", "PT-1H", "PT1H0.001S", "P1D"})
  void lifetimeOutsideItsBounds_stopsTheStartByName(Duration lifetime) {
    assertThatThrownBy(() -> check(lifetime))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("courier.links.lifetime is %s; put a time from PT5S to PT1H there", lifetime);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5S", "PT10M", "PT1H"})
  void lifetimeWithinItsBounds_isFine(Duration lifetime) {
    check(lifetime);
  }

  private static void check(Duration lifetime) {
    new LinkSettingChecks(() -> lifetime).checks().forEach(Runnable::run);
  }

  private static LinkSigner signer(
      String endpoint, StorageCredential credential, Map<String, String> config) {
    URI uri = URI.create(endpoint);
    return new LinkSigner(
        new StorageSettings(uri, uri, Optional.empty(), credential, "videos"),
        new SmallRyeConfigBuilder().withDefaultValues(config).build(),
        null);
  }
}
