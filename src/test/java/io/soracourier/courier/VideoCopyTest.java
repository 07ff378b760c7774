package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import io.soracourier.content.ContentConfig;
import io.soracourier.content.ContentFixture;
import io.soracourier.courier.CopyResult.Copied;
import io.soracourier.courier.CopyResult.Deferred;
import io.soracourier.courier.CopyResult.Refused;
import io.soracourier.courier.CopySlots.Turn;
import io.soracourier.lifecycle.ScriptedShutdown;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.Digests;
import io.soracourier.storage.MemoryVideoStore;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageFailures;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoRef;
import io.soracourier.video.InvalidContentException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real content over HTTP, into a store in memory. */
class VideoCopyTest {
  private static final int BLOCK = 64 * 1024;
  private static final int SIZE = 200_000;
  private static final Duration LONG = Duration.ofDays(1);

  private final ScriptedShutdown shutdown = new ScriptedShutdown();
  private final ContentFixture content = new ContentFixture();
  private final SoraSimulator simulator = content.simulator;
  private final MemoryVideoStore videos = new MemoryVideoStore();
  private final LookLog log = LookLog.of("invocation");
  private final Mp4 video = Mp4.ofSize(SIZE, 5);
  private final SimulatedJob job = simulator.sora1Job().video(video).add();
  private CopyResources resources;
  private VideoCopy copy = copy(1, 1 << 30);
  private final AtomicInteger opened = new AtomicInteger();

  @AfterEach
  void close() {
    resources.close();
    content.close();
  }

  @Test
  void contentThatIsThere_isKnownToBeWhateverBecomesOfIt() {
    simulator
        .on(Route.GET_CONTENT, job.generationId())
        .answer(2, Fault.error(ServiceError.notFound()));
    assertThatThrownBy(this::run).isInstanceOf(SoraException.class);
    assertThat(opened).hasValue(0);

    copy = copy(1, SIZE - 1);
    assertThat(refusal().reason()).isEqualTo(FailureReason.TOO_LARGE);
    assertThat(opened).hasValue(1);
  }

  @Test
  void video_becomesABlobInBlocksOfTheSizeThatIsSet() {
    StoredVideo stored = run();

    assertThat(videos.bytes(job.generationId())).isEqualTo(video.bytes());
    assertThat(videos.blocks()).containsExactlyInAnyOrder(BLOCK, BLOCK, BLOCK, SIZE - 3 * BLOCK);
    assertThat(stored.contentMd5()).isEqualTo(video.md5Base64());
    assertThat(stored.bytes()).isEqualTo(SIZE);
    assertThat(stored.owner()).isEqualTo(new Owner(Owner.Kind.THIS, job.id(), job.generationId()));
  }

  @Test
  void blocksAreAnsweredLate_atMostTwoAreInFlight() {
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger underWay = new AtomicInteger();
    Queue<Integer> seen = new ConcurrentLinkedQueue<>();
    videos.whileSending(
        () -> {
          seen.add(underWay.incrementAndGet());
          await(both);
          underWay.decrementAndGet();
        });

    assertThat(run().contentMd5()).isEqualTo(video.md5Base64());
    assertThat(seen).hasSize(4).contains(1, 2).allMatch(count -> count <= 2);
  }

  @ParameterizedTest
  @CsvSource({"131072, 2", "131073, 3", "196608, 3"})
  void lastBlock_isAsLongAsWhatIsLeft(int size, int blocks) {
    SimulatedJob other = simulator.sora1Job().video(Mp4.ofSize(size, 6)).add();

    run(other);

    assertThat(videos.bytes(other.generationId())).hasSize(size);
    assertThat(videos.blocks()).hasSize(blocks);
  }

  @ParameterizedTest
  @ValueSource(ints = {12_000, BLOCK, 2 * BLOCK - 1})
  void smallVideo_isStoredInOnePiece(int size) {
    SimulatedJob small = simulator.sora1Job().video(Mp4.ofSize(size, 6)).add();

    run(small);

    assertThat(videos.bytes(small.generationId())).isEqualTo(small.video().bytes());
    assertThat(videos.blocks()).isEmpty();
  }

  @Test
  void videoOfUndeclaredLength_isStoredAsOneOfItsSize() {
    SimulatedJob small = simulator.sora1Job().video(Mp4.ofSize(2 * BLOCK - 1, 6)).add();
    simulator.on(Route.GET_CONTENT, small.generationId()).always(Fault.chunked());
    run(small);
    assertThat(videos.blocks()).isEmpty();

    content().always(Fault.chunked());
    assertThat(run().contentMd5()).isEqualTo(video.md5Base64());
    assertThat(videos.blocks()).hasSize(4);
  }

  @Test
  void blobOfAnEarlierDelivery_isReportedAndItsContentDropped() {
    SimulatedJob large = simulator.sora1Job().video(Mp4.ofSize(64L << 20, 9)).add();
    StoredVideo first = run(large);
    simulator.forgetRequests();

    CopyResult again = copy(large);

    assertThat(again).isEqualTo(new Copied(first, false));
    simulator.awaitRequests(1, Duration.ofSeconds(20), RecordedRequest::aborted);
  }

  @ParameterizedTest
  @MethodSource("gone")
  void blobOfAnEarlierDelivery_isReportedWhateverBecameOfItsContent(Fault fault) {
    StoredVideo first = run();
    content().always(fault);
    simulator.forgetRequests();

    assertThat(run()).isEqualTo(first);
    assertThat(simulator.requests()).isNotEmpty().allMatch(any -> any.is(Route.GET_CONTENT));
  }

  static List<Fault> gone() {
    return List.of(
        Fault.error(ServiceError.notFound()),
        Fault.status(410),
        Fault.status(500),
        Fault.html(200),
        Fault.closeUnanswered());
  }

  @Test
  void blobOfAnEarlierDelivery_needsNoSlotToBeReported() {
    StoredVideo first = run();
    try (Turn other = copy.turn()) {
      assertThat(other.takeFree()).isTrue();
      simulator.forgetRequests();

      assertThat(run()).isEqualTo(first);
      assertThat(simulator.requests()).isEmpty();
    }
  }

  /** The content request is on its way meanwhile. */
  @Test
  void contentAndEarlierBlob_areRequestedTogether() {
    CountDownLatch requested = new CountDownLatch(1);
    videos.whileFinding(() -> await(requested));
    content()
        .answer(
            Fault.changing(
                reply -> {
                  requested.countDown();
                  return reply;
                }));

    assertThat(run().contentMd5()).isEqualTo(video.md5Base64());
  }

  @Test
  void foreignBlob_isKeptAndReported() {
    put(new byte[] {1}, "other", null, null);

    assertThat(refusal().reason()).isEqualTo(FailureReason.STORAGE_DENIED);
    assertThat(refusal().message()).contains("was kept");
    assertThat(videos.bytes(job.generationId())).hasSize(1);
  }

  /** As at a server whose downloads differ in their bytes. */
  @ParameterizedTest
  @ValueSource(ints = {12_000, SIZE, SIZE + 1})
  void otherBytesOfADeliveryThatWonTheRace_areTheBlob(int size) {
    byte[] won = Mp4.ofSize(size, 6).bytes();
    videos.whileSending(() -> put(won, Digests.base64Md5(won), "OWN", "OWN"));

    CopyResult result = copy(job);

    StoredVideo there = videos.find(new VideoRef(job.id(), job.generationId())).orElseThrow();
    assertThat(result).isEqualTo(new Copied(there, false));
    assertThat(videos.bytes(job.generationId())).isEqualTo(won);
  }

  @ParameterizedTest
  @CsvSource({"OWN, OWN,", ", OWN, md5", "OWN, , md5", ", , md5", "OWN, gen_2, md5"})
  void otherBytesThatComeWhileCopyingAndAreNoDelivery_areKeptAndReported(
      String jobId, String generationId, String md5) {
    byte[] other = Mp4.ofSize(SIZE, 6).bytes();
    videos.whileSending(() -> put(other, md5, jobId, generationId));

    assertThat(refusal().reason()).isEqualTo(FailureReason.STORAGE_DENIED);
    assertThat(videos.bytes(job.generationId())).isEqualTo(other);
  }

  @Test
  void sameBytesWithoutOurMetadata_areTheBlob() {
    put(video.bytes(), video.md5Base64(), null, null);

    assertThat(run().contentMd5()).isEqualTo(video.md5Base64());
  }

  @ParameterizedTest
  @CsvSource({",", "'',", ",OWN", "OWN,", "OWN,OWN"})
  void sameBytesWithoutAnMd5_areTheBlob(String jobId, String generationId) {
    put(video.bytes(), null, jobId, generationId);

    assertThat(run().contentMd5()).isEqualTo(video.md5Base64());
    assertThat(simulator.requests(Route.GET_CONTENT)).hasSize(1);
  }

  @Test
  void sameBytesWithOurGenerationOnly_areComparedAndNotTrusted() {
    put(new byte[] {1}, "md5", null, "OWN");

    assertThat(refusal().reason()).isEqualTo(FailureReason.STORAGE_DENIED);
    assertThat(simulator.requests(Route.GET_CONTENT)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"task_2,", ",gen_2", "task_2,OWN", "OWN,gen_2"})
  void blobOfAnotherJob_isNeverTakenForOurs(String jobId, String generationId) {
    put(video.bytes(), video.md5Base64(), jobId, generationId);

    assertThat(refusal().message())
        .contains(
            ", by its metadata of job %s, generation %s) and was kept"
                .formatted(shown(jobId, job.id()), shown(generationId, job.generationId())));
  }

  private static String shown(String id, String own) {
    return id == null ? "unknown" : id.equals("OWN") ? own : id;
  }

  @ParameterizedTest
  @CsvSource({"0, the first video", "2, 'the video ID@2'"})
  void bytesOfAnotherVideoOfTheJob_areNotStoredAgain(int stored, String named) {
    SimulatedJob several = simulator.sora2Video().video(video).add();
    String other = several.id() + (stored == 0 ? "" : "@" + stored);
    VideoRef ref = new VideoRef(several.id(), other);
    videos.put(ref, video.bytes(), video.md5Base64(), several.id(), other);

    assertThat(secondOf(several))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(FailureReason.CONTENT_NOT_FOUND);
              assertThat(refused.message())
                  .contains("the server returned " + named.replace("ID", several.id()) + " again");
            });
    assertThat(videos.bytes(several.id() + "@1")).isNull();
  }

  @Test
  void otherBytesThanThoseOfTheJobsOtherVideos_areStored() {
    SimulatedJob several = simulator.sora2Video().video(video).add();
    Mp4 other = Mp4.ofSize(SIZE, 7);
    videos.put(
        new VideoRef(several.id(), several.id()), other.bytes(), other.md5Base64(), null, null);

    assertThat(stored(secondOf(several)).contentMd5()).isEqualTo(video.md5Base64());
  }

  private CopyResult secondOf(SimulatedJob several) {
    URI content = URI.create(simulator.endpoint() + "/videos/" + several.id() + "/content?index=1");
    List<Generation> all =
        IntStream.range(0, 3)
            .mapToObj(k -> several.id() + (k == 0 ? "" : "@" + k))
            .map(id -> new Generation(id, content, null, null, null))
            .toList();
    VideoJob done =
        TestJobs.succeeded(new JobId(several.id())).ofVideosApi().answered().job().with(all);
    return copy(done, all.get(1));
  }

  static List<Fault> hiccups() {
    return List.of(
        Fault.cutAfter(100_000),
        Fault.resetAfter(100_000),
        Fault.chunkedCutInside(100_000),
        Fault.cutAfter(100_000).and(Fault.withoutHeader("Accept-Ranges")));
  }

  @ParameterizedTest
  @MethodSource("hiccups")
  void cutDownload_endsAsTheWholeVideo(Fault hiccup) {
    content().answer(hiccup);

    assertThat(run().contentMd5()).isEqualTo(video.md5Base64());
    assertThat(videos.bytes(job.generationId())).isEqualTo(video.bytes());
  }

  @Test
  void downloadThatIsCutEachTime_isGivenUpAfterThreeStarts() {
    content().always(Fault.cutAfter(100_000).and(Fault.withoutHeader("Accept-Ranges")));

    assertThatThrownBy(this::run).isInstanceOf(SoraException.class);
    assertThat(simulator.requests(Route.GET_CONTENT)).hasSize(3);
    assertThat(videos.bytes(job.generationId())).isNull();
  }

  static List<Fault> impostors() {
    return List.of(
        Fault.html(200),
        Fault.json(200, "{\"error\":{\"message\":\"x\"}}"),
        Fault.body(Content.EMPTY),
        Fault.body(Content.of("x")),
        Fault.untilClose().and(Fault.cutAfter(100_000)),
        Fault.untilClose().and(Fault.cutAfter(SIZE - 1)));
  }

  @ParameterizedTest
  @MethodSource("impostors")
  void incompleteVideo_isNotCommitted(Fault impostor) {
    simulator.on("GET", content.content(job).getPath()).always(impostor);

    assertThatThrownBy(this::run).isInstanceOf(InvalidContentException.class);
    assertThat(videos.bytes(job.generationId())).isNull();
  }

  @Test
  void videoThatDeclaresToBeTooLarge_isRefusedBeforeTheFirstBlock() {
    copy = copy(1, SIZE - 1);

    assertThat(refusal().message())
        .contains("declares 200000 bytes")
        .contains("courier.content.max-size");
    assertThat(videos.blocks()).isEmpty();
    simulator.awaitRequests(1, Duration.ofSeconds(20), RecordedRequest::done);
  }

  @Test
  void videoThatTurnsOutTooLarge_isRefusedAndNotCommitted() {
    copy = copy(1, SIZE - 1);
    content().always(Fault.chunked());

    assertThat(refusal().message()).contains("has more than 199999 bytes");
    assertThat(videos.bytes(job.generationId())).isNull();
  }

  @Test
  void videoOfExactlyTheLargestSize_isCopied() {
    copy = copy(1, SIZE);

    assertThat(run().bytes()).isEqualTo(SIZE);
  }

  @Test
  void failureToStage_isThrownAsItIsAndEndsTheDownload() {
    SimulatedJob large = simulator.sora1Job().video(Mp4.ofSize(256L << 20, 9)).add();
    StorageException failure = StorageFailures.denied();
    videos.failSend(failure);

    assertThatThrownBy(() -> run(large)).isSameAs(failure);
    simulator.awaitRequests(1, Duration.ofSeconds(20), RecordedRequest::aborted);
  }

  @Test
  void failureToLookForTheBlob_isThrownAsItIs() {
    StorageException failure = StorageFailures.unavailable();
    videos.failFind(failure);

    assertThatThrownBy(this::run).isSameAs(failure);
    content().always(Fault.status(500));
    assertThatThrownBy(this::run).isSameAs(failure);
    assertThat(videos.bytes(job.generationId())).isNull();
  }

  @Test
  void copyBeyondTheConcurrency_findsTheCourierBusyAndNoSlotIsLost() throws Exception {
    copy = copy(1, 1 << 30, Duration.ofMillis(200));
    SimulatedJob other = simulator.sora1Job().add();
    CountDownLatch staging = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    videos.whileSending(
        () -> {
          staging.countDown();
          await(goOn);
        });
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<StoredVideo> first = threads.submit(() -> run());
      await(staging);

      assertThat(copy(other)).isEqualTo(Deferred.NO_SLOT);
      goOn.countDown();
      assertThat(first.get(20, TimeUnit.SECONDS).bytes()).isEqualTo(SIZE);
    } finally {
      goOn.countDown();
      threads.shutdownNow();
    }
    videos.failSend(StorageFailures.unavailable());
    assertThatThrownBy(() -> run(other)).isInstanceOf(StorageException.class);
    videos.failSend(null);
    assertThat(run(other).bytes()).isEqualTo(other.video().length());
  }

  @Test
  void processThatEnds_beginsNoCopy() {
    shutdown.begin();

    assertThat(copy(job)).isEqualTo(Deferred.NO_SLOT);
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void processThatHasToEnd_givesUpARunningCopy() {
    simulator
        .on(Route.GET_CONTENT, job.generationId())
        .answer(
            Fault.changing(
                reply -> {
                  shutdown.becomeDue();
                  return reply;
                }));

    assertThat(copy(job)).isEqualTo(Deferred.PROCESS_ENDS);
    assertThat(videos.bytes(job.generationId())).isNull();
  }

  @ParameterizedTest
  @CsvSource({"96, 4, 6", "128, 4, 8", "512, 4, 32", "8, 4, 1", "96, 1, 24"})
  void copiesAtOnce_leaveAQuarterOfTheHeap(int heapMiB, int blockMiB, int copies) {
    assertThat(CopySlots.affordable((long) heapMiB << 20, blockMiB << 20)).isEqualTo(copies);
  }

  @Test
  void impossibleSettings_areRefusedByName() {
    assertRefused(Configs.DEFAULTS.withConcurrency(0), "courier.copy.concurrency is 0");
    assertRefused(Configs.DEFAULTS.withBlock(0), "courier.copy.block-size is 0");
    assertRefused(Configs.DEFAULTS.withBlock(1L << 40), "courier.copy.block-size is ");
    assertRefused(
        Configs.DEFAULTS.withBlock(BLOCK),
        "courier.copy.block-size is too small for courier.content.max-size: a blob has at most"
            + " 50,000 blocks");
    assertThatThrownBy(() -> copy(Configs.DEFAULTS, 0))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("courier.content.max-size is 0");
  }

  private void assertRefused(Configs config, String message) {
    assertThatThrownBy(() -> copy(config, 5_000L << 20))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(message);
  }

  private io.soracourier.simulator.Script content() {
    return simulator.on(Route.GET_CONTENT, job.generationId());
  }

  /** Somebody else puts something under the job's name; {@code OWN} stands for the job's ids. */
  private void put(byte[] bytes, String md5, String jobId, String generationId) {
    videos.put(
        new VideoRef(job.id(), job.generationId()),
        bytes,
        md5,
        "OWN".equals(jobId) ? job.id() : jobId,
        "OWN".equals(generationId) ? job.generationId() : generationId);
  }

  private StoredVideo run() {
    return run(job);
  }

  private StoredVideo run(SimulatedJob of) {
    return stored(copy(of));
  }

  private static StoredVideo stored(CopyResult result) {
    assertThat(result).isInstanceOf(Copied.class);
    return ((Copied) result).video();
  }

  private Refused refusal() {
    CopyResult result = copy(job);
    assertThat(result).isInstanceOf(Refused.class);
    return (Refused) result;
  }

  private CopyResult copy(SimulatedJob of) {
    Generation generation =
        new Generation(of.generationId(), content.content(of), null, null, null);
    VideoJob succeeded =
        TestJobs.succeeded(new JobId(of.id())).generations(of.generationId()).answered().job();
    return copy(succeeded, generation);
  }

  private CopyResult copy(VideoJob of, Generation generation) {
    try (Turn turn = copy.turn()) {
      return copy.copy(of, generation, turn, LONG, log, opened::incrementAndGet);
    }
  }

  private VideoCopy copy(int concurrency, long maxSize) {
    return copy(concurrency, maxSize, Duration.ofSeconds(20));
  }

  private VideoCopy copy(int concurrency, long maxSize, Duration longestWait) {
    return copy(
        Configs.DEFAULTS
            .withConcurrency(concurrency)
            .withBlock(BLOCK)
            .withDelays(Duration.ofMillis(1), longestWait),
        maxSize);
  }

  private VideoCopy copy(Configs config, long maxSize) {
    if (resources != null) {
      resources.close();
    }
    resources = new CopyResources(config, new MaxSize(maxSize), videos, shutdown);
    return new VideoCopy(
        content.resolver(),
        videos,
        resources,
        (job, generation, bytes, declared) -> {},
        Clock.systemUTC());
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private record MaxSize(long bytes) implements ContentConfig {
    @Override
    public MemorySize maxSize() {
      return new MemorySize(BigInteger.valueOf(bytes));
    }

    @Override
    public List<String> allowedHosts() {
      return List.of();
    }

    @Override
    public Duration grace() {
      return Duration.ZERO;
    }

    @Override
    public int maxRedirects() {
      return 3;
    }

    @Override
    public Duration stallTimeout() {
      return Duration.ofSeconds(20);
    }
  }
}
