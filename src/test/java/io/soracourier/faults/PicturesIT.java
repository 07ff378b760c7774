package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Invocation;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.local.StoredBlob;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Request;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServerProfile;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Part 13 of the fault matrix: the pictures beside a video. */
@Execution(ExecutionMode.CONCURRENT)
class PicturesIT {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** The host writes the message, and the record is written before that. */
  private static final Duration SPARE = Duration.ofSeconds(4);

  private static FaultBench bench;

  @BeforeAll
  static void start() {
    bench =
        FaultBench.startWithBlobsTapped(
            stack -> stack.setting("COURIER_ASSETS", "thumbnail,spritesheet"));
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void pictures_areStoredBesideTheVideoAndReported() {
    SimulatedJob job = video();

    JsonNode message = bench.delivered(job);

    for (String kind : List.of("thumbnail", "spritesheet")) {
      String format = kind.equals("thumbnail") ? "webp" : "jpg";
      String name = "%s.%s.%s".formatted(job.id(), kind, format);
      StoredBlob blob = bench.courier().stack().blob(name);
      assertThat(message.path(kind + "Url").asText()).endsWith("/videos/" + name);
      assertThat(message.has(kind)).isFalse();
      byte[] picture = Mp4.resource(kind + "." + format);
      assertThat(blob.md5OfContent()).isEqualTo(Content.of(picture).md5Base64());
      assertThat(blob.md5Property()).isEqualTo(blob.md5OfContent());
      assertThat(blob.contentType()).isEqualTo(format.equals("jpg") ? "image/jpeg" : "image/webp");
      assertThat(blob.metadata()).containsEntry("jobid", job.id());
      assertThat(blob.metadata()).containsEntry("generationid", job.id());
      assertThat(requests(job, kind)).hasSize(1);
    }
  }

  @Test
  void jobOfSora1_hasThumbnailsOnlyAndOneForEachVideo() {
    SimulatedJob job = bench.simulator().sora1Job().variants(2).add();
    bench.enqueue(job);

    List<JsonNode> messages = bench.courier().outcomes(job.id(), 2);

    assertThat(messages)
        .allSatisfy(
            message -> {
              assertThat(message.path("thumbnailUrl").asText())
                  .endsWith("/videos/" + message.path("generationId").asText() + ".thumbnail.jpg");
              assertThat(message.path("spritesheet").asText()).isEqualTo("not-offered");
            });
    for (String generation : job.generationIds()) {
      assertThat(bench.simulator().requests(Route.GET_THUMBNAIL, generation)).hasSize(1);
    }
  }

  static Stream<Arguments> none() {
    return Stream.of(
        Arguments.of("404", Fault.status(404)),
        Arguments.of("400", Fault.json(400, "{\"detail\":\"unknown variant\"}")),
        Arguments.of("501", Fault.status(501)),
        Arguments.of("empty", Fault.body(Content.EMPTY)),
        Arguments.of("204", Fault.reply(Reply.empty(204))),
        Arguments.of("JSON", Fault.json(200, "{\"error\":{\"message\":\"none\"}}")),
        Arguments.of("page", Fault.html(200)),
        Arguments.of("video", Fault.video(Mp4.ofSize(30L * 1024 * 1024, 21))),
        Arguments.of("GIF", Fault.body(Content.of("GIF89a" + "x".repeat(100)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("none")
  void otherThanAPicture_isNotOffered(String name, Fault fault) {
    SimulatedJob job = video();
    onPictures(job, fault);

    JsonNode message = bench.delivered(job);

    assertThat(message.path("thumbnail").asText()).isEqualTo("not-offered");
    assertThat(message.has("thumbnailUrl")).isFalse();
    assertNoPicture(job);
    assertThat(requests(job, "thumbnail")).hasSize(1);
  }

  /**
   * A fresh token is tried once; a reset by a connection that was kept may be due to its age, so
   * that each of those is tried, and then a new one.
   */
  private static final Map<String, Integer> MAX_REQUESTS = Map.of("401", 2, "reset", 8);

  static Stream<Arguments> unable() {
    return Stream.of(
        Arguments.of("cut", Fault.cutInTheMiddle()),
        Arguments.of("without its end", Fault.changing(PicturesIT::halved)),
        Arguments.of("slow", Fault.trickle(64, Duration.ofMillis(500))),
        Arguments.of("silent", Fault.noAnswer()),
        Arguments.of("late head", Fault.late(Duration.ofSeconds(20))),
        Arguments.of("503", Fault.status(503)),
        Arguments.of("401", Fault.status(401)),
        Arguments.of("reset", Fault.reset()));
  }

  private static Reply halved(Reply reply) {
    byte[] picture = Mp4.resource("thumbnail.webp");
    return reply.withBody(Content.of(picture).slice(0, picture.length / 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unable")
  void pictureThatDoesNotCome_delaysTheMessageByFiveSecondsAtMost(String name, Fault fault) {
    SimulatedJob job = video();
    onPictures(job, fault);

    JsonNode message = bench.delivered(job);

    assertThat(message.path("thumbnail").asText()).isEqualTo("failed");
    assertThat(message.path("spritesheet").asText()).isEqualTo("failed");
    assertNoPicture(job);
    Instant copied = Instant.parse(message.path("copiedAt").asText());
    Invocation last = bench.courier().awaitInvocations(job.id(), 1).get(0);
    assertThat(last.sentAt().plus(last.duration())).isBefore(copied.plus(LIMIT).plus(SPARE));
    assertThat(requests(job, "thumbnail"))
        .hasSizeLessThanOrEqualTo(MAX_REQUESTS.getOrDefault(name, 1));
  }

  @Test
  void pictureThatIsTooLarge_isNotStored() {
    SimulatedJob job = video();
    byte[] large = new byte[21 * 1024 * 1024];
    byte[] beginning = Mp4.resource("thumbnail.webp");
    System.arraycopy(beginning, 0, large, 0, 16);
    onPictures(job, Fault.body(Content.of(large)));

    JsonNode message = bench.delivered(job);

    assertThat(message.path("thumbnail").asText()).isEqualTo("too-large");
    assertNoPicture(job);
  }

  /** Each time the process ran out of memory it would be another one. */
  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void manyLargePictures_fitIntoASmallHeap() {
    byte[] large = new byte[7 * 1024 * 1024];
    byte[] beginning = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    System.arraycopy(beginning, 0, large, 0, beginning.length);
    large[large.length - 2] = (byte) 0xFF;
    large[large.length - 1] = (byte) 0xD9;
    try (FaultBench small =
        FaultBench.start(
            stack ->
                stack
                    .heap("96m")
                    .setting("COURIER_COPY_BLOCK_SIZE", "4095K")
                    .setting("COURIER_COPY_CONCURRENCY", "8")
                    .setting("COURIER_ASSETS", "thumbnail,spritesheet"))) {
      long pid = small.courier().host().pid();
      small
          .simulator()
          .on(request -> request.parameter("variant").isPresent())
          .always(Fault.body(Content.of(large)));
      List<SimulatedJob> jobs =
          Stream.generate(() -> small.simulator().sora2Video().add()).limit(8).toList();
      jobs.forEach(small::enqueue);

      List<JsonNode> messages = jobs.stream().map(small::awaitDelivered).toList();

      assertThat(messages)
          .allMatch(message -> message.has("thumbnailUrl") || message.has("thumbnail"));
      assertThat(small.courier().host().pid()).isEqualTo(pid);
    }
  }

  @Test
  void blobOfAnotherWithThePicturesName_isKept() {
    SimulatedJob job = video();
    String name = job.id() + ".thumbnail.webp";
    bench
        .courier()
        .stack()
        .container()
        .getBlobClient(name)
        .uploadWithResponse(
            new BlobParallelUploadOptions(BinaryData.fromString("mine"))
                .setMetadata(Map.of("jobid", "video_of_another")),
            null,
            null);

    JsonNode message = bench.delivered(job);

    assertThat(message.path("thumbnail").asText()).isEqualTo("failed");
    assertThat(message.path("spritesheetUrl").asText()).endsWith(".spritesheet.jpg");
    assertThat(bench.courier().stack().blob(name).md5OfContent())
        .isEqualTo(Content.of("mine").md5Base64());
  }

  @Test
  void storageThatRefusesThePicture_costsTheVideoNothing() {
    SimulatedJob job = video();
    bench
        .courier()
        .blobs()
        .failAlways(
            seen -> isPutOf(seen, job.id() + ".thumbnail.webp"),
            StorageFault.answer(403, "AuthorizationPermissionMismatch"));

    JsonNode message = bench.delivered(job);

    assertThat(message.path("thumbnail").asText()).isEqualTo("failed");
    assertThat(message.path("spritesheetUrl").asText()).isNotEmpty();
  }

  @Test
  void jobThatIsDeliveredAgain_requestsNoPictureAndReportsThoseThere() {
    SimulatedJob job = video();
    JsonNode first = bench.delivered(job);

    bench.enqueue(job);
    JsonNode again = bench.courier().outcomes(job.id(), 2).get(1);

    assertThat(again.path("thumbnailUrl")).isEqualTo(first.path("thumbnailUrl"));
    assertThat(again.path("spritesheetUrl")).isEqualTo(first.path("spritesheetUrl"));
    assertThat(requests(job, "thumbnail")).hasSize(1);
    assertThat(requests(job, "spritesheet")).hasSize(1);
  }

  /** The first ignores {@code variant} and sends the video, the other refuses it. */
  @ParameterizedTest
  @Execution(ExecutionMode.SAME_THREAD)
  @ValueSource(strings = {"litellm", "sglang"})
  void serverWithoutPictures_isReportedAsNotOffered(String server) {
    try (FaultBench other =
        FaultBench.start(
            stack ->
                stack
                    .setting("COURIER_ASSETS", "thumbnail")
                    .simulator(
                        SimulatorOptions.defaults().withServer(ServerProfile.named(server))))) {
      SimulatedJob job = other.simulator().sora2Video().add();

      JsonNode message = other.delivered(job);

      assertThat(message.path("thumbnail").asText()).isEqualTo("not-offered");
      assertThat(other.courier().stack().blobNames()).hasSize(1);
    }
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void emptySetting_changesNoRequestAndNoMessage() {
    try (FaultBench none = FaultBench.start(stack -> stack.setting("COURIER_ASSETS", ""))) {
      SimulatedJob job = none.simulator().sora2Video().add();

      JsonNode message = none.delivered(job);

      assertThat(message.properties().stream().map(Map.Entry::getKey))
          .noneMatch(name -> name.startsWith("thumbnail") || name.startsWith("spritesheet"));
      assertThat(none.simulator().requests(request -> request.target().contains("variant")))
          .isEmpty();
      assertThat(none.courier().stack().blobNames()).containsExactly(job.id() + ".mp4");
    }
  }

  private static SimulatedJob video() {
    return bench.simulator().sora2Video().add();
  }

  private static void onPictures(SimulatedJob job, Fault fault) {
    bench.simulator().on(request -> isPicture(request, job)).always(fault);
  }

  private static boolean isPicture(Request request, SimulatedJob job) {
    return request.path().contains(job.id()) && request.parameter("variant").isPresent();
  }

  private static List<RecordedRequest> requests(SimulatedJob job, String kind) {
    return bench
        .simulator()
        .requests(
            request ->
                request.target().contains(job.id())
                    && request.target().endsWith("variant=" + kind));
  }

  private static void assertNoPicture(SimulatedJob job) {
    assertThat(bench.courier().stack().blobNames())
        .filteredOn(name -> name.startsWith(job.id()))
        .containsExactly(job.id() + ".mp4");
  }

  private static boolean isPutOf(Seen seen, String name) {
    return seen.method().equals("PUT") && seen.path().endsWith("/" + name);
  }
}
