package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.soracourier.local.StoredBlob;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.JobBuilder;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServerProfile;
import io.soracourier.simulator.SeveralVideos;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Part 10 of the fault matrix: jobs of several videos, most without ids of their own. */
@Execution(ExecutionMode.CONCURRENT)
class SeveralVideosIT {
  private static final Map<String, FaultBench> BENCHES = new TreeMap<>();

  @BeforeAll
  static void start() {
    for (String server : List.of("openrouter", "sglang", "sglang-s3", "bifrost")) {
      BENCHES.put(
          server,
          FaultBench.start(
              stack ->
                  stack.simulator(
                      SimulatorOptions.defaults().withServer(ServerProfile.named(server)))));
    }
    BENCHES.put("azure", FaultBench.start());
  }

  @AfterAll
  static void close() {
    BENCHES.values().forEach(FaultBench::close);
  }

  @ParameterizedTest
  @CsvSource({
    "openrouter, 2",
    "openrouter, 3",
    "sglang, 2",
    "sglang, 3",
    "sglang-s3, 2",
    "sglang-s3, 3",
    "bifrost, 2"
  })
  void videosThatAQueryOrAUrlTellsApart_areCopiedEachUnderItsName(String server, int videos) {
    FaultBench bench = BENCHES.get(server);
    SimulatedJob job = job(server, videos, videos).add();

    bench.enqueue(job);
    List<JsonNode> outcomes = bench.courier().outcomes(job.id(), videos);

    assertThat(outcomes).hasSize(videos);
    for (int k = 0; k < videos; k++) {
      assertCopied(bench, job, outcomes.get(k), k, videos);
    }
    assertThat(fetched(bench, job)).hasSize(videos).doesNotHaveDuplicates();
  }

  /** Twice, as the queue may deliver it: the second time nothing is fetched but what is missing. */
  @ParameterizedTest
  @ValueSource(strings = {"openrouter", "sglang"})
  void serverThatIgnoresTheIndex_hasItsFirstVideoStoredOnce(String server) {
    FaultBench bench = BENCHES.get(server);
    SimulatedJob job = job(server, 2, 2).indexIgnored().add();

    bench.enqueue(job);
    List<JsonNode> outcomes = bench.courier().outcomes(job.id(), 2);
    assertCopied(bench, job, outcomes.get(0), 0, 2);
    assertFirstAgain(bench, job, outcomes.get(1));
    assertThat(fetched(bench, job)).hasSize(2).doesNotHaveDuplicates();

    bench.enqueue(job);
    List<JsonNode> again = bench.courier().outcomes(job.id(), 4);
    assertCopied(bench, job, again.get(2), 0, 2);
    assertFirstAgain(bench, job, again.get(3));
    // The first one's is dropped, because that is stored.
    assertThat(fetched(bench, job)).hasSize(4);
  }

  /** Different URLs, the same bytes. */
  @Test
  void urlsOfTheSameVideo_haveItStoredOnce() {
    FaultBench bench = BENCHES.get("sglang-s3");
    Content twice = Mp4.small();
    SimulatedJob job = job("sglang-s3", 3, 3).video(Mp4.small(), twice, twice).add();

    bench.enqueue(job);
    List<JsonNode> outcomes = bench.courier().outcomes(job.id(), 3);

    assertCopied(bench, job, outcomes.get(0), 0, 3);
    assertCopied(bench, job, outcomes.get(1), 1, 3);
    assertThat(outcomes.get(2).path("reason").asText()).isEqualTo("content-not-found");
    assertThat(outcomes.get(2).path("message").asText())
        .contains("the server returned the video " + job.id() + "@1 again");
    assertThat(bench.courier().stack().blob(job.id() + "@2.mp4").exists()).isFalse();
    assertThat(fetched(bench, job)).hasSize(3).doesNotHaveDuplicates();
  }

  /** The URL of each has the other one's id in it, as a part of a name. */
  @Test
  void shortIdsInTheUrlsOfOthers_areNotTakenForTheVideos() {
    FaultBench bench = BENCHES.get("azure");
    SoraSimulator simulator = bench.simulator();
    List<Mp4> videos = List.of(Mp4.small(), Mp4.small());
    String json = "{\"id\":\"%d\",\"url\":\"/cdn/2016/%d.mp4\"}";
    SimulatedJob job =
        simulator
            .sora1Job()
            .variants(2)
            .editJob(
                edited ->
                    edited.putRawValue(
                        "generations",
                        new RawValue(
                            "[" + json.formatted(1, 10) + "," + json.formatted(2, 21) + "]")))
            .add();
    serve(simulator, "/cdn/2016/10.mp4", videos.get(0));
    serve(simulator, "/cdn/2016/21.mp4", videos.get(1));

    bench.enqueue(job);
    List<JsonNode> outcomes = bench.courier().outcomes(job.id(), 2);

    for (int k = 0; k < 2; k++) {
      assertThat(outcomes.get(k).path("status").asText()).isEqualTo("copied");
      assertThat(bench.courier().stack().blob((k + 1) + ".mp4").md5OfContent())
          .isEqualTo(videos.get(k).md5Base64());
    }
  }

  private static void serve(SoraSimulator simulator, String target, Content video) {
    simulator.on(request -> request.target().equals(target)).always(Fault.video(video));
  }

  private static Content second(SimulatedJob job) {
    return job.video(job.generationIds().get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openrouter", "sglang"})
  void videoThatIsMissing_isReportedAndTheOthersCopied(String server) {
    FaultBench bench = BENCHES.get(server);
    SimulatedJob job = job(server, 2, 3).add();

    bench.enqueue(job);
    List<JsonNode> outcomes = bench.courier().outcomes(job.id(), 3);

    assertCopied(bench, job, outcomes.get(0), 0, 3);
    assertCopied(bench, job, outcomes.get(1), 1, 3);
    assertThat(outcomes.get(2).path("reason").asText()).isEqualTo("content-not-found");
    assertThat(outcomes.get(2).path("generationId").asText()).isEqualTo(job.id() + "@2");
    assertThat(targets(bench, job, 404))
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(target -> target.endsWith("index=2"));
    assertThat(fetched(bench, job)).hasSize(2);
  }

  /** The first one's name is the first one's, even if a later one was available before. */
  @Test
  void firstVideoThatIsLate_isCopiedUnderItsOwnName() {
    FaultBench bench = BENCHES.get("openrouter");
    SimulatedJob job = job("openrouter", 2, 2).indexIgnored().add();
    bench
        .simulator()
        .on(Route.GET_VIDEO_CONTENT, job.id())
        .answer(2, Fault.json(404, "{\"error\":{\"code\":404,\"message\":\"not yet\"}}"));

    bench.enqueue(job);
    List<JsonNode> outcomes = bench.courier().outcomes(job.id(), 2);

    assertCopied(bench, job, outcomes.get(0), 0, 2);
    assertFirstAgain(bench, job, outcomes.get(1));
  }

  @Test
  void redeliveredJob_isReportedFromItsBlobs() {
    FaultBench bench = BENCHES.get("openrouter");
    SimulatedJob job = job("openrouter", 2, 2).add();
    bench.enqueue(job);
    bench.courier().outcomes(job.id(), 2);

    bench.enqueue(job);
    List<JsonNode> outcomes = bench.courier().outcomes(job.id(), 4);

    assertCopied(bench, job, outcomes.get(2), 0, 2);
    assertCopied(bench, job, outcomes.get(3), 1, 2);
    assertThat(fetched(bench, job)).hasSizeBetween(2, 4);
  }

  @Test
  void fortyVideos_areDeliveredUpToTheBoundAndTheRestIsReported() {
    FaultBench bench = BENCHES.get("sglang");
    SimulatedJob job = job("sglang", 40, 40).add();

    bench.enqueue(job);
    List<JsonNode> outcomes = bench.courier().outcomes(job.id(), 33);

    assertThat(outcomes.stream().filter(outcome -> outcome.has("blobUrl"))).hasSize(32);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.has("generationId"))
        .singleElement()
        .satisfies(
            outcome ->
                assertThat(outcome.path("message").asText())
                    .contains("lists 40 generations", "the other 8", job.id() + "@32"));
    assertThat(fetched(bench, job)).hasSize(32);
  }

  @Test
  void blobOfAnotherJob_isKeptAndReported() {
    FaultBench bench = BENCHES.get("sglang");
    SimulatedJob job = job("sglang", 2, 2).add();
    bench
        .courier()
        .stack()
        .container()
        .getBlobClient(job.id() + "@1.mp4")
        .uploadWithResponse(
            new BlobParallelUploadOptions(BinaryData.fromBytes(second(job).bytes()))
                .setMetadata(Map.of("jobid", "another", "generationid", job.id() + "@1")),
            Duration.ofSeconds(20),
            null);

    bench.enqueue(job);
    List<JsonNode> outcomes = bench.courier().outcomes(job.id(), 2);

    assertCopied(bench, job, outcomes.get(0), 0, 2);
    assertThat(outcomes.get(1).path("reason").asText()).isEqualTo("storage-denied");
    assertThat(outcomes.get(1).path("generationId").asText()).isEqualTo(job.id() + "@1");
  }

  private static JobBuilder job(String server, int made, int announced) {
    return SeveralVideos.announced(
        BENCHES.get(server).simulator().sora2Video().outputs(made), server, announced);
  }

  private static void assertCopied(
      FaultBench bench, SimulatedJob job, JsonNode outcome, int k, int of) {
    String id = job.generationIds().get(k);
    assertThat(outcome.path("status").asText()).as(outcome.toString()).isEqualTo("copied");
    assertThat(outcome.path("generationId").asText()).isEqualTo(id);
    assertThat(outcome.path("generation").asInt()).isEqualTo(k + 1);
    assertThat(outcome.path("generations").asInt()).isEqualTo(of);
    String name = id.replace("%", ",25").replace(":", ",3A") + ".mp4";
    assertThat(outcome.path("blobUrl").asText()).endsWith("/" + name);
    StoredBlob blob = bench.courier().stack().blob(name);
    assertThat(blob.bytes()).isEqualTo(job.video(id).bytes());
    assertThat(outcome.path("contentMd5").asText()).isEqualTo(job.video(id).md5Base64());
    assertThat(blob.metadata()).containsEntry("jobid", job.id()).containsEntry("generationid", id);
  }

  private static void assertFirstAgain(FaultBench bench, SimulatedJob job, JsonNode outcome) {
    assertThat(outcome.path("reason").asText()).isEqualTo("content-not-found");
    assertThat(outcome.path("generationId").asText()).isEqualTo(job.id() + "@1");
    assertThat(outcome.path("message").asText()).contains("the server returned the first video");
    assertThat(bench.courier().awaitLine(job.id(), "the server returned the first video again"))
        .contains(" WARN ", "event=failed", job.id() + "@1");
    assertThat(bench.courier().stack().blob(job.id() + "@1.mp4").exists()).isFalse();
  }

  /** The targets of downloads. */
  private static List<String> fetched(FaultBench bench, SimulatedJob job) {
    return targets(bench, job, 200);
  }

  private static List<String> targets(FaultBench bench, SimulatedJob job, int status) {
    return bench
        .simulator()
        .requests(
            request ->
                request.status() == status
                    && (request.is(Route.GET_VIDEO_CONTENT, job.id())
                        || request.path().startsWith(media(job))))
        .stream()
        .map(RecordedRequest::target)
        .toList();
  }

  /** Where the media host has the files of a job. */
  private static String media(SimulatedJob job) {
    return "/media/" + UUID.nameUUIDFromBytes(job.id().getBytes(StandardCharsets.UTF_8));
  }
}
