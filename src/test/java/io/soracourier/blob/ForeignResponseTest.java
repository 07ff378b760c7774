package io.soracourier.blob;

import static io.soracourier.storage.Digests.bytes;
import static io.soracourier.storage.Digests.md5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.azure.StorageConfigs;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.storage.Blocks;
import io.soracourier.storage.JobQueue;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import io.soracourier.storage.UploadResult.Outcome;
import io.soracourier.storage.VideoLinks;
import io.soracourier.storage.VideoLinks.Use;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something between the courier and its storage that answers in the storage's place. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class ForeignResponseTest {
  private static final int TRIES = 1 + StorageConfigs.DEFAULTS.retry().count();
  private static final byte[] BLOCK = bytes(10_000, 1);
  private static final Predicate<Seen> CREATE_CONTAINER =
      seen -> seen.query().equals("restype=container");
  private static final Predicate<Seen> CREATE_QUEUE = seen -> seen.method().equals("PUT");

  private final VideoRef video = new VideoRef("task_1", UUID.randomUUID().toString());
  private final String blob = video.generationId() + ".mp4";
  private final String queue = "jobs-" + UUID.randomUUID();

  @Inject VideoStore videos;
  @Inject VideoLinks links;
  @Inject JobQueue messages;
  @Inject FaultyStorageProfile.Faulty storage;

  @BeforeEach
  void forgetFaults() {
    storage.blobs().reset();
    storage.queues().reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 302, 307, 400, 403, 404, 407, 409, 413, 500})
  void portalInPlaceOfAnyOperation_isNeverBelieved(int status) {
    StorageFault portal = StorageFault.portal(status);
    storage.blobs().failAlways(seen -> true, portal);
    storage.queues().failAlways(seen -> true, portal);

    assertForeign(status, () -> videos.find(video));
    assertForeign(status, () -> Blocks.stage(videos.begin(video), BLOCK));
    assertForeign(status, () -> videos.begin(video).commit(md5()));
    assertForeign(status, () -> videos.beginComparison(video).commit(md5()));
    assertForeign(status, () -> links.link(video.generationId(), Use.PLAY));
    assertForeign(status, () -> messages.send(queue, "task_1", Duration.ZERO));
    assertForeign(status, () -> messages.length(queue));
    assertThat(storage.blobs().seen()).hasSize(6 * TRIES);
    assertThat(storage.queues().seen()).hasSize(2 * TRIES);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204, 302, 404, 409})
  void portalInPlaceOfASingleResponse_isRetried(int status) {
    StorageFault portal = StorageFault.portal(status);
    storage.blobs().fail(Seen::isPutBlock, portal);
    storage.blobs().fail(Seen::isPutBlockList, portal);
    storage.blobs().fail(Seen::isGetProperties, portal);
    storage.queues().fail(Seen::isPutMessage, portal);

    Upload upload = videos.begin(video);
    Blocks.stage(upload, BLOCK);
    assertThat(upload.commit(md5(BLOCK)).outcome()).isEqualTo(Outcome.COMMITTED);
    assertThat(videos.find(video)).isPresent();
    messages.send(queue, "task_1", Duration.ZERO);
    assertThat(witness().receiveMessage().getBody()).hasToString("task_1");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 302, 409, 500})
  void commitThatTookEffectAndGotAForeignResponse_isRecognisedAsDone(int status) {
    Upload upload = videos.begin(video);
    Blocks.stage(upload, BLOCK);
    storage
        .blobs()
        .failAlways(Seen::isPutBlockList, StorageFault.replaceAnswer(StorageFault.portal(status)));

    assertThat(upload.commit(md5(BLOCK)).outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 409})
  void portalInPlaceOfCreateContainer_isNotTakenForTheContainer(int status) {
    storage.blobs().failAlways(Seen::isPutBlock, StorageFault.answer(404, "ContainerNotFound"));
    storage
        .blobs()
        .failAlways(
            CREATE_CONTAINER,
            StorageFault.foreign(
                status, Map.of("x-ms-error-code", "ContainerAlreadyExists"), "sign in"));

    assertThatThrownBy(() -> Blocks.stage(videos.begin(video), BLOCK))
        .hasMessageStartingWith("Create Container videos failed: status " + status + " without ")
        .extracting("kind")
        .isEqualTo(Kind.FOREIGN);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 409})
  void portalInPlaceOfCreateQueue_isNotTakenForTheQueue(int status) {
    storage
        .queues()
        .failAlways(
            CREATE_QUEUE,
            StorageFault.foreign(status, Map.of("x-ms-error-code", "QueueAlreadyExists"), ""));

    assertThatThrownBy(() -> messages.send(queue, "task_1", Duration.ZERO))
        .hasMessageStartingWith("Create Queue " + queue + " failed: status " + status + " without ")
        .extracting("kind")
        .isEqualTo(Kind.FOREIGN);
  }

  @Test
  void queueThatWasJustCreatedElsewhere_isUsed() {
    storage.queues().fail(Seen::isPutMessage, StorageFault.answer(404, "QueueNotFound"));
    witness().create();

    messages.send(queue, "task_1", Duration.ZERO);

    assertThat(storage.queues().seen(CREATE_QUEUE)).extracting(Seen::status).containsExactly(204);
    assertThat(witness().receiveMessage().getBody()).hasToString("task_1");
  }

  @Test
  void redirectToTheStorageItself_isNotFollowed() {
    StorageProxy elsewhere = StorageProxy.before(storage.account().blobEndpoint());
    try (elsewhere) {
      storage
          .blobs()
          .failAlways(
              seen -> true,
              StorageFault.foreign(
                  307, Map.of("Location", elsewhere.endpoint() + "/videos/" + blob), "moved"));

      assertForeign(307, () -> videos.find(video));
      assertForeign(307, () -> Blocks.stage(videos.begin(video), BLOCK));
      assertForeign(307, () -> videos.begin(video).commit(md5()));
      assertThat(elsewhere.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon"})
  void commitAnsweredWithoutADate_isRecognisedAsDone(String date) {
    Upload upload = videos.begin(video);
    Blocks.stage(upload, BLOCK);
    storage
        .blobs()
        .fail(Seen::isPutBlockList, StorageFault.changeHeaders(Map.of("Last-Modified", date)));

    UploadResult commit = upload.commit(md5(BLOCK));

    assertThat(commit.outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
    assertThat(commit.video()).isEqualTo(videos.find(video).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Last-Modified=", "Last-Modified=yesterday", "x-ms-request-id=", "Age=7"})
  void propertiesThatCannotBeRead_areNeitherABlobNorItsAbsence(String header) {
    commit();
    String name = header.substring(0, header.indexOf('='));
    String value = header.substring(header.indexOf('=') + 1);
    storage
        .blobs()
        .failAlways(Seen::isGetProperties, StorageFault.changeHeaders(Map.of(name, value)));

    assertThatThrownBy(() -> videos.find(video))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Get Blob Properties videos/" + blob + " failed: status 200 ")
        .extracting("kind")
        .isEqualTo(Kind.FOREIGN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "-5", "many", "99999999999999999999"})
  void lengthThatCannotBeRead_isAFailureWithWords(String length) {
    storage
        .blobs()
        .failAlways(
            Seen::isGetProperties,
            StorageFault.foreign(
                200,
                Map.of(
                    "x-ms-request-id",
                    "r1",
                    "Last-Modified",
                    "Wed, 25 Nov 2026 10:00:00 GMT",
                    length.equals("none") ? "x-nothing" : "Content-Length",
                    length),
                ""));

    assertThatThrownBy(() -> videos.find(video))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Get Blob Properties videos/" + blob + " failed: ")
        .extracting("kind")
        .isIn(Kind.FOREIGN, Kind.TRANSIENT);
  }

  @Test
  void manyPages_keepNoConnection() {
    storage.blobs().failAlways(seen -> true, StorageFault.portal(404));
    storage.queues().failAlways(seen -> true, StorageFault.portal(200));

    for (int i = 0; i < 20; i++) {
      assertForeign(404, () -> videos.begin(video).commit(md5()));
      assertForeign(200, () -> messages.send(queue, "task_1", Duration.ZERO));
    }
  }

  @Test
  void apiVersionThatStorageDoesNotKnow_isASettingAndNotTheRequest() {
    storage.blobs().failAlways(seen -> true, StorageFault.answer(400, "InvalidHeaderValue"));
    storage.queues().failAlways(seen -> true, StorageFault.answer(400, "InvalidHeaderValue"));

    for (Runnable call :
        new Runnable[] {
          () -> videos.find(video),
          () -> Blocks.stage(videos.begin(video), BLOCK),
          () -> messages.send(queue, "task_1", Duration.ZERO)
        }) {
      assertThatThrownBy(call::run)
          .hasMessageContaining("the storage does not know API version 2025-11-05")
          .extracting("kind")
          .isEqualTo(Kind.DENIED);
    }
  }

  private void commit() {
    Upload upload = videos.begin(video);
    Blocks.stage(upload, BLOCK);
    upload.commit(md5(BLOCK));
  }

  private static void assertForeign(int status, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(StorageException.class)
        .hasMessageEndingWith(
            " failed: status %d without x-ms-request-id, which no storage service sends; is a proxy"
                    .formatted(status)
                + " or a captive portal in between?")
        .extracting("kind")
        .isEqualTo(Kind.FOREIGN);
  }

  private QueueClient witness() {
    return new QueueClientBuilder()
        .connectionString(storage.account().connectionString())
        .queueName(queue)
        .messageEncoding(QueueMessageEncoding.NONE)
        .buildClient();
  }
}
