package io.soracourier.blob;

import static io.soracourier.storage.Digests.bytes;
import static io.soracourier.storage.Digests.md5;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.Authentication;
import io.soracourier.azure.Credentials;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.azure.StorageClients;
import io.soracourier.azure.StorageConfigs;
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
import io.soracourier.storage.Blocks;
import io.soracourier.storage.Digests;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult.Outcome;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import io.vertx.core.Context;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in, against Azurite, which checks signatures as the service does. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class CredentialsTest {
  private static final byte[] BLOCK = bytes(70_000, 3);
  private static final Clock CLOCK = Clock.systemUTC();

  private final StorageAccount account = Azurite.shared().freshAccount();

  @ParameterizedTest
  @ValueSource(strings = {"plain.mp4", "spaced name & more+.mp4", "folder/100%.mp4", "\u00e4.mp4"})
  void sharedKey_signsAnyName(String blobName) {
    BlobRequests requests = requests(account.connectionString());
    requests.createContainer("videos");

    requests.putBlock("videos", blobName, "AAAA", ByteBuffer.wrap(BLOCK), Digests.base64Md5(BLOCK));
    requests.putBlockList(
        "videos",
        blobName,
        Digests.base64Md5(BLOCK),
        new VideoRef("task_1", "gen_1"),
        "<BlockList><Latest>AAAA</Latest></BlockList>".getBytes(UTF_8));

    assertThat(requests.getBlobProperties("videos", blobName).length()).isEqualTo(BLOCK.length);
  }

  @Test
  void wrongKey_isDenied() {
    String wrongKey = Base64.getEncoder().encodeToString(new byte[64]);
    VideoStore videos = videos(account.connectionString().replace(account.key(), wrongKey));

    assertThatThrownBy(() -> upload(videos, "wrong"))
        .hasMessageStartingWith("Put Block videos/wrong.mp4 failed: 403 AuthorizationFailure")
        .extracting("kind")
        .isEqualTo(Kind.DENIED);
  }

  @Test
  void sasWithAllThatBase64Has_isAccepted() {
    String sas =
        IntStream.iterate(0, i -> i + 1)
            .mapToObj(this::sas)
            .filter(candidate -> candidate.contains("%2B") && candidate.contains("%2F"))
            .findFirst()
            .orElseThrow();

    assertThat(upload(videos(sasConnectionString(sas)), "sas")).isEqualTo(Outcome.COMMITTED);
  }

  @Test
  void sasPastedWithoutPercentEncoding_isAccepted() {
    String decoded = URLDecoder.decode(sas(1).replace("+", "%2B"), UTF_8);

    assertThat(upload(videos(sasConnectionString("?" + decoded)), "decoded"))
        .isEqualTo(Outcome.COMMITTED);
  }

  @Test
  void sas_isInNoUrlAndNoMessage() {
    String expired = sas(OffsetDateTime.now().minusHours(1));
    VideoStore videos = videos(sasConnectionString(expired));

    assertThat(videos.url(new VideoRef("task_1", "a")))
        .hasToString(account.blobEndpoint() + "/videos/a.mp4");
    assertThatThrownBy(() -> upload(videos, "a"))
        .hasMessageStartingWith("Put Block videos/a.mp4 failed: 403 ")
        .hasMessageNotContaining("sig=")
        .hasStackTraceContaining("StorageException")
        .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("sig="));
  }

  @Test
  void unreachableStorage_isNamedWithoutTheSas() {
    String nobody = "http://127.0.0.1:1/account";
    VideoStore videos =
        videos(
            "BlobEndpoint=%s;QueueEndpoint=%s;SharedAccessSignature=%s"
                .formatted(nobody, nobody, sas(2)));

    assertThatThrownBy(() -> upload(videos, "a"))
        .hasMessageStartingWith("Put Block videos/a.mp4 failed: no response (")
        .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("sig="))
        .extracting("kind")
        .isEqualTo(Kind.TRANSIENT);
  }

  @Test
  void bearerToken_isAcceptedOverHttps() {
    ThrowAwayCertificate certificate = ThrowAwayCertificate.temporary();
    try (Azurite azurite = Azurite.builder().bearerTokens(certificate).start()) {
      URI endpoint = URI.create(azurite.developmentAccount().blobEndpoint());
      Tokens tokens = new Tokens(BearerToken.forStorage(CLOCK.instant(), Duration.ofHours(1)));
      Authentication bearer = Credentials.bearer(tokens);
      BlobApi api =
          StorageClients.builder(endpoint, bearer, StorageConfigs.DEFAULTS, Proxies.none())
              .trustAll(true)
              .build(BlobApi.class);
      BlockClient blocks =
          BlockClients.of(
              BlockClients.options(StorageConfigs.DEFAULTS).setTrustAll(true).setVerifyHost(false),
              endpoint,
              bearer,
              StorageConfigs.DEFAULTS.readTimeout());

      assertThat(upload(videos(new BlobRequests(api, blocks), endpoint), "bearer"))
          .isEqualTo(Outcome.COMMITTED);
    }
  }

  @Test
  void tokenRefused_isReplacedByAFreshOneOnce() {
    Tokens tokens = new Tokens("cached");
    try (StorageProxy storage = StorageProxy.before(account.blobEndpoint())) {
      BlockClient blocks = BlockClients.of(storage.endpoint(), Credentials.bearer(tokens));
      storage.fail(Seen::isPutBlock, StorageFault.answer(401, "InvalidAuthenticationInfo"));
      storage.fail(Seen::isPutBlock, StorageFault.answer(401, "InvalidAuthenticationInfo"));
      BlobRequests requests = new BlobRequests(null, blocks);

      StorageException first = refusal(requests);
      StorageException second = refusal(requests);

      assertThat(first).extracting("retryable").isEqualTo(true);
      assertThat(second).extracting("retryable").isEqualTo(false);
      assertThat(second.kind()).isEqualTo(Kind.DENIED);
      assertThat(storage.seen().stream().map(Seen::authorization))
          .containsExactly("Bearer cached", "Bearer fresh-1");
    }
  }

  private static StorageException refusal(BlobRequests requests) {
    try {
      requests.putBlock(
          "videos", "a.mp4", "AAAA", ByteBuffer.wrap(BLOCK), Digests.base64Md5(BLOCK));
    } catch (StorageException e) {
      return e;
    }
    throw new AssertionError("expected a refusal");
  }

  private static Outcome upload(VideoStore videos, String generationId) {
    Upload upload = videos.begin(new VideoRef("task_1", generationId));
    Blocks.stage(upload, BLOCK);
    return upload.commit(md5(BLOCK)).outcome();
  }

  private static VideoStore videos(String connectionString) {
    return videos(requests(connectionString), Credentials.blobEndpoint(connectionString));
  }

  private static BlobRequests requests(String connectionString) {
    URI endpoint = Credentials.blobEndpoint(connectionString);
    Authentication authentication = Credentials.of(connectionString);
    BlobApi api =
        StorageClients.builder(endpoint, authentication, StorageConfigs.DEFAULTS, Proxies.none())
            .build(BlobApi.class);
    BlockClient blocks = BlockClients.of(endpoint, authentication);
    return new BlobRequests(api, blocks);
  }

  private static VideoStore videos(BlobRequests requests, URI endpoint) {
    return new VideoContainer(
        requests, new StorageSettings(endpoint, endpoint, Optional.empty(), null, "videos"));
  }

  private String sasConnectionString(String sas) {
    return "BlobEndpoint=%s/;QueueEndpoint=%s/;SharedAccessSignature=%s"
        .formatted(account.blobEndpoint(), account.queueEndpoint(), sas);
  }

  private String sas(int variant) {
    return sas(OffsetDateTime.now().plusHours(1).plusSeconds(variant));
  }

  private String sas(OffsetDateTime expiry) {
    return new BlobServiceClientBuilder()
        .connectionString(account.connectionString())
        .buildClient()
        .generateAccountSas(
            new AccountSasSignatureValues(
                expiry,
                AccountSasPermission.parse("rwcl"),
                AccountSasService.parse("b"),
                AccountSasResourceType.parse("sco")));
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** One token in the cache, and as many fresh ones as are asked for. */
  private record Tokens(String cached, AtomicInteger fresh) implements TokenSource {
    Tokens(String cached) {
      this(cached, new AtomicInteger());
    }

    @Override
    public String token(String scope) {
      assertThat(scope).isEqualTo("https://storage.azure.com/.default");
      assertThat(Context.isOnEventLoopThread()).as("may block").isFalse();
      return cached;
    }

    @Override
    public String freshToken(String scope) {
      return "fresh-" + fresh.incrementAndGet();
    }
  }
}
