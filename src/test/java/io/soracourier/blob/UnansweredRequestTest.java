package io.soracourier.blob;

import static io.soracourier.storage.Digests.bytes;
import static io.soracourier.storage.Digests.md5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.Authentication;
import io.soracourier.azure.Credentials;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.azure.StorageClients;
import io.soracourier.azure.StorageConfigs;
import io.soracourier.azure.StorageSettings;
import io.soracourier.http.Proxies;
import io.soracourier.local.Azurite;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.StorageProxy.Rule;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.storage.Blocks;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult.Outcome;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Storage that takes a request and says nothing, and a client that waits for it only briefly. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class UnansweredRequestTest {
  private static final byte[] BLOCK = bytes(70_000, 6);
  private static final Duration LONG = Duration.ofMinutes(1);

  /** No method of {@link BlobApi}. */
  private static final String PUT_BLOCK = "putBlock";

  private static final String NONE =
      " failed: no response (IOException: the response has x-ms-client-request-id another,";

  /** What comes where a server in between has responded twice to the request before. */
  private static final StorageFault OTHERS =
      StorageFault.foreign(
          201,
          Map.of(
              "x-ms-request-id",
              "r1",
              "x-ms-client-request-id",
              "another",
              "Last-Modified",
              "Fri, 27 Nov 2026 10:00:00 GMT"),
          "");

  private final StorageAccount account = Azurite.shared().freshAccount();
  private final StorageProxy storage = StorageProxy.before(account.blobEndpoint());

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void commitThatTookEffect_isRecognisedAsDone() {
    Upload upload =
        videos(account.connectionString(), "putBlockList", 3_000)
            .begin(new VideoRef("task_1", "held"));
    Blocks.stage(upload, BLOCK);
    storage.fail(Seen::isPutBlockList, StorageFault.holdAnswer());

    assertThat(upload.commit(md5(BLOCK)).outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
  }

  @Test
  void blobWhoseBytesStopComing_isNotReadForEver() {
    VideoStore videos = videos(account.connectionString(), "getBlob", 500);
    Upload upload = videos.begin(new VideoRef("task_1", "stalled"));
    Blocks.stage(upload, BLOCK);
    upload.commit(md5(BLOCK));
    storage.failAlways(
        Seen::isGetProperties, StorageFault.changeHeaders(Map.of("Content-MD5", "")));
    storage.failAlways(seen -> seen.method().equals("GET"), StorageFault.stallAnswer());
    Upload comparison = videos.beginComparison(new VideoRef("task_1", "stalled"));
    comparison.add(ByteBuffer.wrap(BLOCK), () -> md5(BLOCK)).run();

    assertThatThrownBy(() -> comparison.commit(md5(BLOCK)))
        .hasMessageStartingWith("Get Blob videos/stalled.mp4 failed: no response (")
        .extracting("kind")
        .isEqualTo(Kind.TRANSIENT);
  }

  @Test
  void successOfAnotherRequest_isNotThisOnes() {
    VideoStore videos = videos(account.connectionString());
    Upload one = videos.begin(new VideoRef("task_1", "one"));
    Upload blocks = videos.begin(new VideoRef("task_1", "blocks"));
    List<ByteBuffer> all = List.of(ByteBuffer.wrap(BLOCK));
    Rule others = storage.failAlways(seen -> seen.method().equals("PUT"), OTHERS);

    assertThat(stageAndFail(blocks)).hasMessageStartingWith("Put Block videos/blocks.mp4" + NONE);
    assertThatThrownBy(() -> blocks.commit(md5(BLOCK)))
        .hasMessageStartingWith("Put Block List videos/blocks.mp4" + NONE);
    assertThatThrownBy(() -> one.store(all, md5(BLOCK)))
        .hasMessageStartingWith("Put Blob videos/one.mp4" + NONE);
    others.end();

    assertThat(one.store(all, md5(BLOCK)).outcome()).isEqualTo(Outcome.COMMITTED);
  }

  @Test
  void commitWhoseResponseIsAnothers_isRecognisedAsDone() {
    Upload upload = videos(account.connectionString()).begin(new VideoRef("task_1", "late"));
    Blocks.stage(upload, BLOCK);
    storage.fail(Seen::isPutBlockList, StorageFault.replaceAnswer(OTHERS));

    assertThat(upload.commit(md5(BLOCK)).outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
  }

  @Test
  void timeout_isNamedWithoutTheSas() {
    String sas = "SharedAccessSignature=sv=2025-11-05&sig=c2VjcmV0";
    Upload upload =
        videos("AccountName=acct;" + sas, PUT_BLOCK, 2_000).begin(new VideoRef("task_1", "held"));
    CompletableFuture<String> query = new CompletableFuture<>();
    storage.fail(seen -> query.complete(seen.query()), StorageFault.holdAnswer());

    StorageException failure = stageAndFail(upload);

    assertThat(failure).hasMessageStartingWith("Put Block videos/held.mp4 failed: no response (");
    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(stackTrace(failure)).doesNotContain("sig=").doesNotContain("c2VjcmV0");
    assertThat(query).succeedsWithin(LONG).asString().endsWith("&sv=2025-11-05&sig=c2VjcmV0");
  }

  @Test
  void threadInterruptedMeanwhile_isNotRetriedAndStaysInterrupted() {
    Thread uploader = Thread.currentThread();
    Upload upload = videos(account.connectionString()).begin(new VideoRef("task_1", "interrupted"));
    storage.fail(
        Seen::isPutBlock,
        passage -> {
          uploader.interrupt();
          StorageFault.holdAnswer().strike(passage);
        });

    StorageException failure = stageAndFail(upload);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).hasMessageContaining("failed: no response (InterruptedException)");
    assertThat(failure).extracting("retryable").isEqualTo(false);
  }

  private static StorageException stageAndFail(Upload upload) {
    return catchThrowableOfType(StorageException.class, () -> Blocks.stage(upload, BLOCK));
  }

  private VideoStore videos(String connectionString) {
    return videos(connectionString, "none", LONG.toMillis());
  }

  /**
   * @param impatient the method of the only operation whose response is not awaited for long
   */
  private VideoStore videos(String connectionString, String impatient, long readTimeoutMillis) {
    Authentication authentication = Credentials.of(connectionString);
    URI endpoint = storage.endpoint();
    BlobApi patiently = api(authentication, LONG.toMillis());
    BlobApi briefly = api(authentication, readTimeoutMillis);
    Object api =
        Proxy.newProxyInstance(
            BlobApi.class.getClassLoader(),
            new Class<?>[] {BlobApi.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(
                    method.getName().equals(impatient) ? briefly : patiently, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    Duration block = impatient.equals(PUT_BLOCK) ? Duration.ofMillis(readTimeoutMillis) : LONG;
    return new VideoContainer(
        new BlobRequests((BlobApi) api, BlockClients.of(endpoint, authentication, block)),
        new StorageSettings(endpoint, endpoint, Optional.empty(), null, "videos"));
  }

  private BlobApi api(Authentication authentication, long readTimeoutMillis) {
    return StorageClients.builder(
            storage.endpoint(),
            authentication,
            StorageConfigs.withReadTimeout(readTimeoutMillis),
            Proxies.none())
        .build(BlobApi.class);
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
