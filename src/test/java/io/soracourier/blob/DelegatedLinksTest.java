package io.soracourier.blob;

import static io.soracourier.blob.VideoLinksTest.ready;
import static io.soracourier.storage.Digests.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.soracourier.azure.Authentication;
import io.soracourier.azure.Credentials;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.azure.StorageClients;
import io.soracourier.azure.StorageConfigs;
import io.soracourier.azure.StorageCredential;
import io.soracourier.azure.StorageSettings;
import io.soracourier.http.Proxies;
import io.soracourier.identity.TokenSource;
import io.soracourier.local.Azurite;
import io.soracourier.local.BearerToken;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.local.ThrowAwayCertificate;
import io.soracourier.simulator.MutableClock;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.VideoLinks;
import io.soracourier.storage.VideoLinks.Link;
import io.soracourier.storage.VideoLinks.Use;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Links of a managed identity: Azurite gives keys for tokens, and checks what is signed with them.
 */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class DelegatedLinksTest {
  private static final byte[] VIDEO = bytes(5_000, 4);
  private static final Predicate<Seen> GET_KEY =
      seen -> seen.query().equals("restype=service&comp=userdelegationkey");

  private static Azurite azurite;
  private static StorageAccount account;
  private static StorageProxy storage;

  @BeforeAll
  static void startAzurite() throws Exception {
    ThrowAwayCertificate certificate = ThrowAwayCertificate.temporary();
    azurite = Azurite.builder().bearerTokens(certificate).knownVersions().start();
    account = azurite.freshAccount();
    storage = StorageProxy.before(account.blobEndpoint(), certificate.context());
    for (String generationId : new String[] {"gen_1", "a,3Ab,25"}) {
      witness()
          .getBlobClient(generationId + ".mp4")
          .getBlockBlobClient()
          .uploadWithResponse(
              new ByteArrayInputStream(VIDEO),
              VIDEO.length,
              null,
              Map.of(
                  "jobid",
                  "task_1",
                  "generationid",
                  generationId.replace(",3A", ":").replace(",25", "%")),
              null,
              null,
              null,
              null,
              null);
    }
  }

  /** By the way of the tap, because Microsoft's client does not trust the certificate. */
  private static BlobContainerClient witness() {
    BlobContainerClient container =
        new BlobServiceClientBuilder()
            .endpoint(storage.endpoint().toString())
            .serviceVersion(BlobServiceVersion.V2025_07_05)
            .credential(new StorageSharedKeyCredential(account.name(), account.key()))
            .buildClient()
            .getBlobContainerClient("videos");
    container.createIfNotExists();
    return container;
  }

  @AfterAll
  static void close() {
    storage.close();
    azurite.close();
  }

  @BeforeEach
  void forgetFaults() {
    storage.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gen_1", "a:b%"})
  void link_isReadWithAKeyOfTheIdentity(String generationId) {
    VideoLinks links = links(Clock.systemUTC());

    Link.Ready link = ready(links, generationId);

    assertThat(link.url().getRawQuery()).contains("&skoid=2a5d6a3c-", "&sktid=7c9e6679-", "&sp=r&");
    assertThat(Http.send("GET", link.url(), "Range", "bytes=0-9").statusCode()).isEqualTo(206);
    assertThat(Http.send("GET", link.url()).body()).isEqualTo(VIDEO);
    assertThat(Http.send("HEAD", link.url()).statusCode()).isEqualTo(200);
    assertThat(Http.send("DELETE", link.url()).statusCode()).isEqualTo(403);
    assertThat(Http.send("PUT", link.url(), "x-ms-blob-type", "BlockBlob").statusCode())
        .isEqualTo(403);
  }

  @Test
  void keyOfTheIdentity_isRequestedOnceForManyLinksAndOnlyForVideosThatAreThere() {
    VideoLinks links = links(Clock.systemUTC());

    assertThat(links.link("never", Use.PLAY)).isEqualTo(new Link.Absent());
    assertThat(storage.seen(GET_KEY)).isEmpty();
    ready(links, "gen_1");
    ready(links, "gen_1");

    assertThat(storage.seen(GET_KEY))
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.method()).isEqualTo("POST");
              assertThat(seen.path()).isEqualTo("/" + account.name() + "/");
              assertThat(seen.status()).isEqualTo(200);
            });
  }

  @Test
  void link_endsWithItsExpiry() {
    VideoLinks links = links(MutableClock.at(Instant.now().minus(Duration.ofHours(2))));

    assertThat(Http.send("GET", ready(links, "gen_1").url()).statusCode()).isEqualTo(403);
  }

  @Test
  void roleMissing_isExplained() {
    storage.failAlways(GET_KEY, StorageFault.answer(403, "AuthorizationPermissionMismatch"));

    assertThat(links(Clock.systemUTC()).link("gen_1", Use.PLAY))
        .isEqualTo(
            new Link.CannotSign(
                "The app's identity may not sign links; give it the role Storage Blob Delegator at"
                    + " the storage account "
                    + account.name()
                    + ", and wait some minutes"));
    assertThat(storage.seen(GET_KEY)).hasSize(1);
  }

  @Test
  void roleGivenLater_isNoticedByTheNextLink() {
    VideoLinks links = links(Clock.systemUTC());
    storage.fail(GET_KEY, StorageFault.answer(403, "AuthorizationPermissionMismatch"));

    assertThat(links.link("gen_1", Use.PLAY)).isInstanceOf(Link.CannotSign.class);
    assertThat(links.link("gen_1", Use.PLAY)).isInstanceOf(Link.Ready.class);
  }

  /** Nothing is wrong with a role: another one answers, or the token is not taken. */
  @Test
  void keyThatIsNotGivenForAnotherReason_isAFailure() {
    assertFails(StorageFault.answer(503, "ServerBusy"), Kind.TRANSIENT);
    assertFails(StorageFault.answer(401, "InvalidAuthenticationInfo"), Kind.DENIED);
    assertFails(StorageFault.portal(403), Kind.FOREIGN);
    assertFails(StorageFault.portal(200), Kind.FOREIGN);
    assertFails(StorageFault.cutAnswer(), Kind.TRANSIENT);
    assertFails(
        StorageFault.foreign(200, Map.of("x-ms-request-id", "request-1"), "<Value>a</Value>"),
        Kind.FOREIGN);
  }

  /** As in Azure, where the account is in the host and not in the path. */
  @Test
  void accountThatIsAHost_isRequestedAtItsRoot() {
    try (StorageProxy host = StorageProxy.before("http://127.0.0.1:1")) {
      host.failAlways(seen -> true, StorageFault.answer(403, "AuthorizationPermissionMismatch"));
      DelegationKeyRequest keys =
          new DelegationKeyRequest(
              serviceApi(host.endpoint(), Credentials.bearer(new OneToken("token"))),
              StorageConfigs.DEFAULTS);

      assertThatThrownBy(
              () -> keys.getUserDelegationKey(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)))
          .hasMessageContaining("403 AuthorizationPermissionMismatch");
      assertThat(host.seen())
          .singleElement()
          .satisfies(
              seen -> {
                assertThat(seen.path() + "?" + seen.query())
                    .isEqualTo("/?restype=service&comp=userdelegationkey");
                assertThat(new String(seen.body(), UTF_8))
                    .endsWith(
                        "<KeyInfo><Start>1970-01-01T00:00:00Z</Start>"
                            + "<Expiry>1970-01-01T00:01:00Z</Expiry></KeyInfo>");
              });
    }
  }

  private static void assertFails(StorageFault fault, Kind kind) {
    storage.fail(GET_KEY, fault);

    assertThatThrownBy(() -> links(Clock.systemUTC()).link("gen_1", Use.PLAY))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Get User Delegation Key failed: ")
        .extracting("kind")
        .isEqualTo(kind);
  }

  private static VideoLinks links(Clock clock) {
    String token = BearerToken.forStorage(Instant.now(), Duration.ofHours(1));
    Authentication bearer = Credentials.bearer(new OneToken(token));
    URI endpoint = storage.endpoint();
    StorageSettings settings =
        new StorageSettings(
            endpoint,
            endpoint,
            Optional.empty(),
            new StorageCredential.Token(Optional.empty()),
            "videos");
    BlobApi api =
        StorageClients.builder(endpoint, bearer, StorageConfigs.DEFAULTS, Proxies.none())
            .build(BlobApi.class);
    BlobRequests requests = new BlobRequests(api, null);
    DelegationKeyRequest keys =
        new DelegationKeyRequest(serviceApi(endpoint, bearer), StorageConfigs.DEFAULTS);
    return new BlobLinks(
        new VideoContainer(requests, settings),
        new LinkSigner(
            settings, new SmallRyeConfigBuilder().build(), new DelegationKeys(keys, clock)),
        () -> Duration.ofHours(1),
        clock);
  }

  private static BlobServiceApi serviceApi(URI endpoint, Authentication bearer) {
    return StorageClients.builder(
            BlobClients.root(endpoint), bearer, StorageConfigs.DEFAULTS, Proxies.none())
        .build(BlobServiceApi.class);
  }

  private record OneToken(String value) implements TokenSource {
    @Override
    public String token(String scope) {
      return value;
    }

    @Override
    public String freshToken(String scope) {
      return value;
    }
  }
}
