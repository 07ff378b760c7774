package io.soracourier.blob;

import static io.soracourier.storage.Digests.bytes;
import static io.soracourier.storage.Digests.md5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.simulator.MutableClock;
import io.soracourier.storage.Blocks;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.Upload;
import io.soracourier.storage.VideoLinks;
import io.soracourier.storage.VideoLinks.Link;
import io.soracourier.storage.VideoLinks.Use;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import io.soracourier.text.Excerpt;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links signed with an account's key, tried at Azurite, which checks signatures as Azure does. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class VideoLinksTest {
  private static final byte[] VIDEO = bytes(10_000, 9);

  @Inject VideoLinks links;
  @Inject VideoStore videos;
  @Inject FaultyStorageProfile.Faulty storage;
  @Inject VideoContainer container;
  @Inject LinkSigner signer;

  private BlobContainerClient witness;

  @BeforeEach
  void forgetFaults() {
    storage.blobs().reset();
    witness =
        new BlobServiceClientBuilder()
            .connectionString(storage.account().connectionString())
            .buildClient()
            .getBlobContainerClient("videos");
    witness.createIfNotExists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gen_1", "video_a:b%2F~c=+.d", "task_1@1", "%00", "a:b@99", "dGFza18x+a==", "~.-"})
  void link_isReadInPiecesAsAPlayerReads(String generationId) {
    store(generationId);

    URI link = ready(links, generationId).url();
    HttpResponse<byte[]> piece = Http.send("GET", link, "Range", "bytes=100-199");
    HttpResponse<byte[]> head = Http.send("HEAD", link, "Range", "bytes=0-");
    HttpResponse<byte[]> whole = Http.send("GET", link);

    assertThat(piece.statusCode()).isEqualTo(206);
    assertThat(piece.body()).isEqualTo(Arrays.copyOfRange(VIDEO, 100, 200));
    assertThat(piece.headers().firstValue("Content-Range")).hasValue("bytes 100-199/10000");
    assertThat(piece.headers().firstValue("Content-Type")).hasValue("video/mp4");
    assertThat(head.statusCode()).isBetween(200, 206);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(VIDEO);
    String path = link.getRawPath();
    assertThat(whole.headers().firstValue("Content-Disposition"))
        .hasValue("inline; filename=\"" + path.substring(path.lastIndexOf('/') + 1) + "\"");
  }

  @Test
  void linkToSave_makesABrowserSaveIt() {
    store("gen_save");

    Link link = links.link("gen_save", Use.SAVE);
    HttpResponse<byte[]> whole = Http.send("GET", ((Link.Ready) link).url());

    assertThat(whole.body()).isEqualTo(VIDEO);
    assertThat(whole.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"gen_save.mp4\"");
  }

  @Test
  void origin_isThatOfTheLinks() {
    store("gen_origin");

    assertThat(ready(links, "gen_origin").url().toString()).startsWith(links.origin() + "/");
    assertThat(links.origin().getPath()).isEmpty();
  }

  @Test
  void link_isThatOfTheVideoWithASignature() {
    store("gen_2");

    URI link = ready(links, "gen_2").url();

    assertThat(link.toString())
        .startsWith(videos.url(new VideoRef("task_1", "gen_2")) + "?sv=2025-11-05&");
    assertThat(link.getRawQuery()).contains("&sp=r&", "&sr=b&", "&spr=https%2Chttp&");
  }

  @Test
  void link_allowsNothingButReadingItsVideo() {
    store("mine");
    store("others");
    String link = ready(links, "mine").url().toString();
    URI listing = URI.create(link.replace("/mine.mp4?", "?restype=container&comp=list&"));
    URI other = URI.create(link.replace("/mine.mp4?", "/others.mp4?"));
    URI writable = URI.create(link.replace("&sp=r&", "&sp=rwd&"));
    URI longer = URI.create(link.replaceFirst("&se=20\\d\\d", "&se=2999"));
    URI metadata = URI.create(link + "&comp=metadata");

    assertThat(Http.send("PUT", URI.create(link), "x-ms-blob-type", "BlockBlob").statusCode())
        .isEqualTo(403);
    assertThat(Http.send("PUT", metadata, "x-ms-meta-jobid", "other").statusCode()).isEqualTo(403);
    assertThat(Http.send("DELETE", URI.create(link)).statusCode()).isEqualTo(403);
    for (URI forbidden : new URI[] {listing, other, writable, longer}) {
      assertThat(Http.send("GET", forbidden).statusCode()).as("%s", forbidden).isEqualTo(403);
    }
    assertThat(Http.send("GET", URI.create(link)).body()).isEqualTo(VIDEO);
  }

  @Test
  void link_endsAfterItsLifetime() {
    store("gen_3");
    Duration lifetime = Duration.ofSeconds(90);
    Instant now = Instant.now();
    VideoLinks fresh = links(MutableClock.at(now.minusSeconds(45)), lifetime);
    VideoLinks old = links(MutableClock.at(now.minusSeconds(100)), lifetime);

    Link.Ready works = ready(fresh, "gen_3");
    Link.Ready ended = ready(old, "gen_3");

    assertThat(works.expiresAt()).isEqualTo(now.plusSeconds(45).truncatedTo(ChronoUnit.SECONDS));
    assertThat(Http.send("GET", works.url()).statusCode()).isEqualTo(200);
    assertThat(ended.expiresAt()).isBefore(now);
    assertThat(Http.send("GET", ended.url()).statusCode()).isEqualTo(403);
  }

  /** The storage's clock is behind by ten minutes. */
  @Test
  void clockThatIsAhead_makesLinksThatWorkAtOnce() {
    store("gen_4");
    VideoLinks ahead = links(MutableClock.at(Instant.now().plusSeconds(600)), Duration.ofHours(1));

    assertThat(Http.send("GET", ready(ahead, "gen_4").url()).statusCode()).isEqualTo(200);
  }

  @Test
  void linkOfAReadyVideo_isInNoTextAboutIt() {
    store("gen_5");

    Link.Ready link = ready(links, "gen_5");
    String signature = link.url().getQuery().replaceFirst(".*&sig=", "");

    assertThat(link.toString()).doesNotContain("http", "sig");
    assertThat(Excerpt.of("they repeat " + signature, 200)).doesNotContain(signature);
    assertThat(Excerpt.of("GET " + link.url() + " failed", 900)).doesNotContain(signature);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"never", "", ".", "..", "../mine", "a/b", "a\\b", "\u20ac", "\u0000", "a?b#c d"})
  void idWithoutAVideo_isAbsent(String generationId) {
    assertThat(links.link(generationId, Use.PLAY)).isEqualTo(new Link.Absent());
  }

  @Test
  void idThatIsTooLongForAName_isAbsentWithoutARequest() {
    assertThat(links.link("a".repeat(1021), Use.PLAY)).isEqualTo(new Link.Absent());
    assertThat(storage.blobs().seen()).isEmpty();
    assertThat(links.link("a".repeat(1020), Use.PLAY)).isEqualTo(new Link.Absent());
    assertThat(storage.blobs().seen()).hasSize(1);
  }

  @Test
  void containerMissing_isAbsent() {
    storage.blobs().fail(Seen::isGetProperties, StorageFault.answer(404, "ContainerNotFound"));

    assertThat(links.link("gen_1", Use.PLAY)).isEqualTo(new Link.Absent());
  }

  @ParameterizedTest
  @CsvSource({
    "plain, , ",
    "without-job, , without-job",
    "empty-job, '', empty-job",
    "without-generation, task_1, ",
    "of-another, task_1, gen_other",
    "other-case, task_1, OTHER-CASE"
  })
  void blobThatIsNotOurs_isAbsent(String name, String jobId, String generationId) {
    BlockBlobClient blob = witness.getBlobClient(name + ".mp4").getBlockBlobClient();
    blob.upload(new ByteArrayInputStream(VIDEO), VIDEO.length, true);
    Map<String, String> metadata = new HashMap<>();
    if (jobId != null && !jobId.isEmpty()) {
      metadata.put("jobid", jobId);
    }
    if (generationId != null) {
      metadata.put("generationid", generationId);
    }
    blob.setMetadata(metadata);
    if ("".equals(jobId)) {
      storage
          .blobs()
          .fail(Seen::isGetProperties, StorageFault.changeHeaders(Map.of("x-ms-meta-jobid", " ")));
    }

    assertThat(links.link(name, Use.PLAY)).isEqualTo(new Link.Absent());
  }

  @Test
  void blobOfAnotherKindOrStillBeingCopied_isAbsent() {
    witness.getBlobClient("append.mp4").getAppendBlobClient().create(true);
    store("copying");
    storage
        .blobs()
        .fail(
            seen -> seen.path().endsWith("copying.mp4"),
            StorageFault.changeHeaders(Map.of("x-ms-copy-status", "pending")));

    assertThat(links.link("append", Use.PLAY)).isEqualTo(new Link.Absent());
    assertThat(links.link("copying", Use.PLAY)).isEqualTo(new Link.Absent());
  }

  @Test
  void storageThatDoesNotLetUsLook_isNotTakenForAbsence() {
    storage
        .blobs()
        .failAlways(
            Seen::isGetProperties, StorageFault.answer(403, "AuthorizationPermissionMismatch"));

    assertThatThrownBy(() -> links.link("gen_1", Use.PLAY))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Get Blob Properties videos/gen_1.mp4 failed: 403")
        .extracting("kind")
        .isEqualTo(Kind.DENIED);
  }

  @Test
  void storageDown_isRetriedAndThenReported() {
    storage.blobs().failAlways(seen -> true, StorageFault.answer(503, "ServerBusy"));

    assertThatThrownBy(() -> links.link("gen_1", Use.PLAY))
        .isInstanceOf(StorageException.class)
        .extracting("kind")
        .isEqualTo(Kind.TRANSIENT);
    assertThat(storage.blobs().seen()).hasSize(5);
  }

  private VideoLinks links(Clock clock, Duration lifetime) {
    return new BlobLinks(container, signer, () -> lifetime, clock);
  }

  private void store(String generationId) {
    Upload upload = videos.begin(new VideoRef("task_1", generationId));
    Blocks.stage(upload, VIDEO);
    upload.commit(md5(VIDEO));
  }

  static Link.Ready ready(VideoLinks links, String generationId) {
    Link link = links.link(generationId, Use.PLAY);
    assertThat(link).isInstanceOf(Link.Ready.class);
    return (Link.Ready) link;
  }
}
