package io.soracourier.faults;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

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
import java.util.function.Supplier;
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

  private static final int ATTEMPTS = 5;
  private static final String TOO_LATE = "longer than its share";

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
    Delivered delivered = inTime(PicturesIT::video);
    SimulatedJob job = delivered.job();
    JsonNode message = delivered.message();

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
    Delivered delivered = inTime(() -> videoWithPictures(fault));
    SimulatedJob job = delivered.job();
    JsonNode message = delivered.message();

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
        Arguments.of(
            "cut",
            Fault.cutInTheMiddle(),
            "was not received completely: the connection was closed"),
        Arguments.of(
            "without its end",
            Fault.changing(PicturesIT::halved),
            "was not received completely: its last bytes are missing"),
        Arguments.of("slow", Fault.trickle(64, Duration.ofMillis(500)), TOO_LATE),
        Arguments.of("silent", Fault.noAnswer(), "no response within"),
        Arguments.of("late head", Fault.late(Duration.ofSeconds(20)), "no response within"),
        Arguments.of("503", Fault.status(503), "503"),
        Arguments.of("401", Fault.status(401), "401"),
        Arguments.of("reset", Fault.reset(), "got no response: Connection reset"));
  }

  private static Reply halved(Reply reply) {
    byte[] picture = Mp4.resource("thumbnail.webp");
    return reply.withBody(Content.of(picture).slice(0, picture.length / 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unable")
  void pictureThatDoesNotCome_delaysTheMessageByFiveSecondsAtMost(
      String name, Fault fault, String why) {
    SimulatedJob job = videoWithPictures(fault);

    JsonNode message = bench.delivered(job);

    assertThat(message.path("thumbnail").asText()).isEqualTo("failed");
    assertThat(message.path("spritesheet").asText()).isEqualTo("failed");
    assertNoPicture(job);
    assertThat(bench.courier().linesOf(job.id()))
        .filteredOn(line -> line.contains("thumbnail of " + job.id()))
        .singleElement(as(STRING))
        .contains("was not stored")
        .containsPattern(why + "|" + TOO_LATE);
    Instant copied = Instant.parse(message.path("copiedAt").asText());
    Invocation last = bench.courier().awaitInvocations(job.id(), 1).get(0);
    assertThat(last.sentAt().plus(last.duration())).isBefore(copied.plus(LIMIT).plus(SPARE));
    assertThat(requests(job, "thumbnail"))
        .hasSizeLessThanOrEqualTo(MAX_REQUESTS.getOrDefault(name, 1));
  }

  @Test
  void pictureThatIsTooLarge_isNotStored() {
    byte[] large = new byte[21 * 1024 * 1024];
    byte[] beginning = Mp4.resource("thumbnail.webp");
    System.arraycopy(beginning, 0, large, 0, 16);
    Fault fault = Fault.body(Content.of(large));

    Delivered delivered = inTime(() -> videoWithPictures(fault));

    assertThat(delivered.message().path("thumbnail").asText()).isEqualTo("too-large");
    assertNoPicture(delivered.job());
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
    Delivered delivered = inTime(PicturesIT::videoWithAnothersThumbnail);
    JsonNode message = delivered.message();
    String name = thumbnailOf(delivered.job());

    assertThat(message.path("thumbnail").asText()).isEqualTo("failed");
    assertThat(message.path("spritesheetUrl").asText()).endsWith(".spritesheet.jpg");
    assertThat(bench.courier().stack().blob(name).md5OfContent())
        .isEqualTo(Content.of("mine").md5Base64());
  }

  private static SimulatedJob videoWithAnothersThumbnail() {
    SimulatedJob job = video();
    bench
        .courier()
        .stack()
        .container()
        .getBlobClient(thumbnailOf(job))
        .uploadWithResponse(
            new BlobParallelUploadOptions(BinaryData.fromString("mine"))
                .setMetadata(Map.of("jobid", "video_of_another")),
            null,
            null);
    return job;
  }

  private static String thumbnailOf(SimulatedJob job) {
    return job.id() + ".thumbnail.webp";
  }

  @Test
  void storageThatRefusesThePicture_costsTheVideoNothing() {
    JsonNode message = inTime(PicturesIT::videoWithARefusedThumbnail).message();

    assertThat(message.path("thumbnail").asText()).isEqualTo("failed");
    assertThat(message.path("spritesheetUrl").asText()).isNotEmpty();
  }

  private static SimulatedJob videoWithARefusedThumbnail() {
    SimulatedJob job = video();
    bench
        .courier()
        .blobs()
        .failAlways(
            seen -> isPutOf(seen, thumbnailOf(job)),
            StorageFault.answer(403, "AuthorizationPermissionMismatch"));
    return job;
  }

  @Test
  void jobThatIsDeliveredAgain_requestsNoPictureAndReportsThoseThere() {
    Delivered delivered = inTime(PicturesIT::video);
    SimulatedJob job = delivered.job();
    JsonNode first = delivered.message();

    JsonNode again = againInTime(job);

    assertThat(again.path("thumbnailUrl")).isEqualTo(first.path("thumbnailUrl"));
    assertThat(again.path("spritesheetUrl")).isEqualTo(first.path("spritesheetUrl"));
    assertThat(requests(job, "thumbnail")).hasSize(1);
    assertThat(requests(job, "spritesheet")).hasSize(1);
  }

  @Test
  void jobThatTheServiceHasForgotten_isReportedWithThePicturesThere() {
    Delivered delivered = inTime(PicturesIT::video);
    JsonNode first = delivered.message();
    bench.simulator().forget(delivered.job());

    JsonNode again = againInTime(delivered.job());

    assertThat(again.path("status").asText()).isEqualTo("copied");
    assertThat(again.path("thumbnailUrl")).isEqualTo(first.path("thumbnailUrl"));
    assertThat(again.path("spritesheetUrl")).isEqualTo(first.path("spritesheetUrl"));
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

  private record Delivered(SimulatedJob job, JsonNode message) {}

  /**
   * A job that was delivered with whatever there is of its pictures. Other tests use the same
   * storage and the same processors: a job whose pictures took longer than they may shows nothing,
   * and another one is made.
   */
  private static Delivered inTime(Supplier<SimulatedJob> jobs) {
    return Stream.generate(jobs)
        .limit(ATTEMPTS)
        .map(job -> new Delivered(job, bench.delivered(job)))
        .filter(delivered -> tooLate(delivered.job()) == 0)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no time for a picture"));
  }

  /** The same of a job that was delivered before. */
  private static JsonNode againInTime(SimulatedJob job) {
    for (int outcomes = 2; outcomes < 2 + ATTEMPTS; outcomes++) {
      int before = tooLate(job);
      bench.enqueue(job);
      JsonNode again = bench.courier().outcomes(job.id(), outcomes).get(outcomes - 1);
      if (tooLate(job) == before) {
        return again;
      }
    }
    throw new AssertionError("no time for a picture");
  }

  /** How many of its pictures took longer than they may: the handler has a line for each. */
  private static int tooLate(SimulatedJob job) {
    return (int)
        bench.courier().linesOf(job.id()).stream()
            .filter(line -> line.contains(TOO_LATE) || line.contains("no time was"))
            .count();
  }

  private static SimulatedJob videoWithPictures(Fault fault) {
    SimulatedJob job = video();
    bench.simulator().on(request -> isPicture(request, job)).always(fault);
    return job;
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
