package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.e2e.PutBack;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.Script;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.simulator.Validators;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Part 2 of the fault matrix: what goes wrong while a video is fetched. */
@Execution(ExecutionMode.CONCURRENT)
class ContentFaultsIT {
  private static final int SIZE = 2_500_000;
  private static final int CUT = 1_100_000;

  /** Bytes that are asked for again, to see that what comes is of the same content. */
  private static final int OVERLAP = 8;

  /** What may be on its way when a connection is cut, and is lost with it. */
  private static final int IN_FLIGHT = 150_000;

  private static final Duration LONG_AGO = Duration.ofMinutes(5);
  private static final AtomicLong SEEDS = new AtomicLong(1000);

  private static FaultBench bench;

  @BeforeAll
  static void start() {
    bench = FaultBench.start();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void shorterThanDeclaredByReset_isResumedAtTheByte() {
    SimulatedJob job = job(Fault.resetAfter(CUT));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(fetched(job)).extracting(RecordedRequest::status).containsExactly(200, 206);
  }

  @Test
  void shorterThanDeclaredByCleanEnd_isResumedAtTheByte() {
    SimulatedJob job = job(Fault.cutAfter(CUT));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertResumed(fetched(job), CUT);
  }

  private static long resumedAt(RecordedRequest request) {
    return Long.parseLong(request.header("Range").orElseThrow().replaceAll("\\D", ""));
  }

  private static void assertResumed(List<RecordedRequest> requests, long at) {
    assertThat(requests).extracting(RecordedRequest::status).containsExactly(200, 206);
    assertThat(resumedAt(requests.get(1))).isBetween(at - OVERLAP - IN_FLIGHT, at - OVERLAP);
    assertThat(requests.get(1).header("If-Range")).isPresent();
  }

  @Test
  void shorterThanDeclaredWithoutRanges_isFetchedFromTheStart() {
    SimulatedJob job = bench.simulator().sora1Job().ranges(false).video(video()).add();
    content(job).answer(Fault.cutAfter(CUT));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(fetched(job)).extracting(RecordedRequest::status).containsExactly(200, 200);
  }

  @Test
  void cutAtAChunksEdge_isResumed() {
    SimulatedJob job = job(Fault.chunked().and(Fault.cutAfter(CUT)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertResumed(fetched(job), CUT);
  }

  @Test
  void cutInsideAChunk_isResumed() {
    SimulatedJob job = job(Fault.chunkedCutInside(CUT));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(fetched(job)).extracting(RecordedRequest::status).containsExactly(200, 206);
  }

  @Test
  void truncatedInsideABoxWithoutALength_isNotTakenForWhole() {
    SimulatedJob job = job(Fault.untilClose().and(Fault.cutAfter(CUT)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
  }

  @Test
  void truncatedAtTheEdgeOfTheIndexWithoutALength_isNotTakenForWhole() {
    Mp4 video = Mp4.ofSize(SIZE, SEEDS.getAndIncrement(), Mp4.Layout.MOOV_FIRST);
    SimulatedJob job = bench.simulator().sora1Job().video(video).add();
    content(job).answer(Fault.body(video.slice(0, startOf("mdat", video))).and(Fault.chunked()));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
  }

  @Test
  void truncatedAtTheEdgeOfThePicturesWithoutALength_isNotTakenForWhole() {
    Mp4 video = Mp4.ofSize(SIZE, SEEDS.getAndIncrement(), Mp4.Layout.MOOV_LAST);
    SimulatedJob job = finishedLongAgo(video);
    content(job).always(Fault.body(video.slice(0, startOf("moov", video))).and(Fault.chunked()));

    JsonNode message = bench.failed(job, "content-invalid");

    assertThat(message.path("message").asText()).contains("no moov box");
  }

  @Test
  void truncatedAfterAMoofWithoutALength_isNotTakenForWhole() {
    Mp4 video = Mp4.genuine("fragmented");
    SimulatedJob job = bench.simulator().sora1Job().video(video).add();
    content(job)
        .answer(Fault.body(video.slice(0, lastStartOf("mdat", video))).and(Fault.chunked()));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(fetched(job)).extracting(RecordedRequest::status).containsExactly(200, 200);
  }

  @Test
  void emptyMdat_isNotAVideo() {
    Mp4 video = Mp4.ofSize(SIZE, SEEDS.getAndIncrement(), Mp4.Layout.MDAT_TO_END);
    SimulatedJob job = finishedLongAgo(video);
    content(job).always(Fault.body(video.slice(0, startOf("mdat", video) + 8)));

    JsonNode message = bench.failed(job, "content-invalid");

    assertThat(message.path("message").asText()).contains("every mdat box is empty");
    assertThat(bench.hasUncommittedBlocks(job)).isFalse();
  }

  private static long lastStartOf(String type, Content video) {
    ByteBuffer boxes = ByteBuffer.wrap(video.bytes());
    long last = -1;
    for (int at = 0; at < boxes.capacity(); at += boxes.getInt(at)) {
      last = type.equals(new String(boxes.array(), at + 4, 4)) ? at : last;
    }
    return last;
  }

  private static long startOf(String type, Content video) {
    ByteBuffer boxes = ByteBuffer.wrap(video.bytes());
    int at = 0;
    while (!type.equals(new String(boxes.array(), at + 4, 4))) {
      at += boxes.getInt(at);
    }
    return at;
  }

  @Test
  void longerThanDeclared_isNotTakenForWhole() {
    SimulatedJob job = job(Fault.declaredLength(SIZE - 1000));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
  }

  @Test
  void declaredLongerThanItIs_isFetchedFromTheStart() {
    SimulatedJob job = job(Fault.declaredLength(SIZE + 1000));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
  }

  @Test
  void declaredLongerThanItIsForGood_isCheckedAgainAndLeavesNoBlob() {
    SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
    Script longer = content(job).always(Fault.declaredLength(SIZE + 1000));

    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 2);
    assertThat(bench.blob(job).exists()).isFalse();
    longer.clear();

    bench.awaitDelivered(job);
  }

  @Test
  void zeroBytes_areNotAVideo() {
    SimulatedJob job = finishedLongAgo(video());
    content(job).always(Fault.body(Content.EMPTY));

    assertThat(bench.failed(job, "content-invalid").path("message").asText()).contains("empty");
    assertThat(bench.hasUncommittedBlocks(job)).isFalse();
  }

  @Test
  void oneByte_isNotAVideo() {
    SimulatedJob job = finishedLongAgo(video());
    content(job).always(Fault.body(Content.of(new byte[1])));

    bench.failed(job, "content-invalid");
    assertThat(bench.hasUncommittedBlocks(job)).isFalse();
  }

  @Test
  void zeroBytesShortlyAfterSuccess_areCheckedAgain() {
    SimulatedJob job = job(Fault.body(Content.EMPTY));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
  }

  @Test
  void jsonWith200_isNotAVideo() {
    SimulatedJob job = finishedLongAgo(video());
    content(job).always(Fault.json(200, "{\"error\":{\"message\":\"not today\"}}"));

    bench.failed(job, "content-invalid");
    assertThat(bench.hasUncommittedBlocks(job)).isFalse();
  }

  @Test
  void htmlWith200_isNotAVideo() {
    SimulatedJob job = finishedLongAgo(video());
    content(job).always(Fault.html(200));

    assertThat(bench.failed(job, "content-invalid").path("message").asText())
        .contains("<!DOCTYPE html>");
    assertThat(bench.hasUncommittedBlocks(job)).isFalse();
  }

  /** Base64 of the first bytes of each, as a server may give it. */
  @ParameterizedTest
  @CsvSource({
    "AVI, UklGRgAQAABBVkkgTElTVA==",
    "WebM, GkXfo59ChoEBQoKEd2VibQ==",
    "Matroska, GkXfo6NChoEBQoKIbWF0cm9za2E=",
    "QuickTime, AAAACHdpZGUAAAAAbWRhdA==",
    "GIF, R0lGODlhAQABAAAA",
    "HLS, I0VYVE0zVQojRVhULVgtVkVSU0lPTjozCg==",
    "DASH, PD94bWwgdmVyc2lvbj0iMS4wIj8+PE1QRCB4bWxucz0iIj4="
  })
  void contentInAnotherFormat_isNamedAfterOneRequest(String format, String beginning) {
    SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
    content(job).always(Fault.body(Content.of(Base64.getDecoder().decode(beginning))));

    JsonNode message = bench.failed(job, "content-invalid");

    assertThat(message.path("message").asText()).contains(format, "MP4 only");
    assertThat(message.path("looks").asInt()).isEqualTo(1);
    assertThat(message.path("attempts")).hasSize(1);
    assertThat(fetched(job)).hasSize(1);
  }

  @Test
  void pictureUntilTheVideoIsReady_isWaitedFor() {
    byte[] png = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUg==");
    SimulatedJob job = job(Fault.body(Content.of(png)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(fetched(job)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "https://me:pw@evil.example/v.mp4, https://evil.example, user name",
    "ftp://evil.example/v.mp4, ftp://evil.example, only http and https",
    "file:///etc/pw, of the scheme file, only http and https",
    "'data:video/mp4;base64,AAAApw', of the scheme data, only http and https",
    "javascript:pw(1), of the scheme javascript, only http and https",
    "https://169.254.169.254/pw, https://169.254.169.254, the cloud's own"
  })
  void redirectToWhereNothingIsFollowed_isFinalAtOnce(String location, String where, String why) {
    SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
    content(job).always(Fault.redirect(302, location));

    JsonNode message = bench.failed(job, "content-not-found");

    assertThat(message.path("message").asText()).contains(where, why).doesNotContain("pw");
    assertThat(message.path("looks").asInt()).isEqualTo(1);
    assertThat(fetched(job)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 302, 304})
  void redirectWithoutLocation_isWaitedFor(int status) {
    SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
    Script without = content(job).always(Fault.redirect(status, ""));

    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    without.clear();
    content(job).answer(Fault.status(status));
    bench.awaitDelivered(job);

    assertThat(fetched(job)).extracting(RecordedRequest::status).containsOnly(status, 200);
  }

  @Test
  void refusedUrlBesideALateContentRoute_losesNoVideo() {
    SimulatedJob job =
        bench
            .simulator()
            .sora2Video()
            .video(video())
            .editJob(json -> json.put("url", "https://evil.example/v.mp4"))
            .add();
    Script late =
        bench
            .simulator()
            .on(Route.GET_VIDEO_CONTENT, job.id())
            .always(Fault.error(ServiceError.notFound()));

    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 2);
    late.clear();
    bench.awaitDelivered(job);

    assertThat(bench.simulator().requests(request -> request.path().contains(job.id())))
        .allMatch(request -> request.is(Route.GET_VIDEO) || request.is(Route.GET_VIDEO_CONTENT));
  }

  @ParameterizedTest
  @CsvSource({
    "403, /v1/m/x1, /v1/m/x1",
    "409, /v1/m/x2, /v1/m/x2",
    "500, m/x3.mp4, /openai/v1/videos/m/x3.mp4",
    "501, ../../../m/x4.mp4, /m/x4.mp4"
  })
  void contentRouteThatFailsForAVideoWhoseUrlTheJobNames_losesNoVideo(
      int status, String url, String target) {
    SimulatedJob job =
        bench.simulator().sora2Video().video(video()).editJob(json -> json.put("url", url)).add();
    bench
        .simulator()
        .on(Route.GET_VIDEO_CONTENT, job.id())
        .always(Fault.error(ServiceError.coded(status, "x", "no")));
    bench.simulator().on("GET", target).always(Fault.video(job.video()));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(bench.simulator().requests(request -> request.path().equals(target))).hasSize(1);
    assertThat(bench.simulator().requests(Route.GET_VIDEO_CONTENT, job.id())).hasSize(1);
  }

  @Test
  void refusedUrlWhereThereIsNoContentRoute_isFinalAtOnce() {
    SimulatedJob job =
        bench
            .simulator()
            .sora2Video()
            .video(video())
            .editJob(json -> json.put("url", "https://evil.example/v.mp4"))
            .add();
    bench.simulator().on(Route.GET_VIDEO_CONTENT, job.id()).always(Fault.status(501));

    JsonNode message = bench.failed(job, "content-not-found");

    assertThat(message.path("message").asText())
        .contains("https://evil.example", "COURIER_CONTENT_ALLOWED_HOSTS");
    assertThat(message.path("looks").asInt()).isEqualTo(1);
    assertThat(bench.simulator().requests(Route.GET_VIDEO_CONTENT, job.id())).hasSize(1);
  }

  @Test
  void redirectOfAQueryAlone_isFollowedAtTheSameAddress() {
    SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
    content(job).answer(Fault.redirect(302, "?api-version=preview&token=abcdefgh"));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(fetched(job)).hasSize(2);
    assertThat(fetched(job).get(1).target())
        .isEqualTo(fetched(job).get(1).path() + "?api-version=preview&token=abcdefgh");
  }

  @Test
  void wrongContentTypeOfARealVideo_isDeliveredAsVideo() {
    SimulatedJob job = job(Fault.header("Content-Type", "application/json"));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(fetched(job)).hasSize(1);
  }

  @Test
  void status404ForAWhile_isCheckedAgain() {
    Fault missing = Fault.error(ServiceError.notFound());
    // One look asks the address twice, with api-version and without.
    SimulatedJob job = job(missing, missing);

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
  }

  @Test
  void status404ForLongerThanTheGrace_isReportedWithTheEvidence() {
    SimulatedJob job = finishedLongAgo(video());
    content(job).always(Fault.error(ServiceError.notFound()));

    JsonNode message = bench.failed(job, "content-not-found");

    assertThat(message.at("/attempts/0/status").asInt()).isEqualTo(404);
    assertThat(message.at("/attempts/0/request").asText()).endsWith("/content/video");
  }

  @Test
  void status503_isRetriedWithinTheLook() {
    SimulatedJob job = job(Fault.status(503), Fault.reset());

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(fetched(job)).hasSize(3);
  }

  @Test
  void oneByteASecond_isAliveAndNotCut() {
    SimulatedJob job = bench.simulator().sora1Job().add();
    long cut = job.video().length() - 2;
    content(job).answer(Fault.cutAfter(cut), Fault.trickle(1, Duration.ofSeconds(1)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertResumed(fetched(job), cut);
    assertThat(fetched(job).get(1).took()).isGreaterThan(FaultBench.STALL_TIMEOUT.multipliedBy(2));
  }

  @Test
  void stalledOnce_isCutByTheStallTimeoutAndResumed() {
    SimulatedJob job = job(Fault.stallAfter(CUT));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertResumed(fetched(job), CUT);
    // The server notices that the client is gone when it gets to it, which may be after the copy.
    bench
        .simulator()
        .awaitRequests(
            1,
            Deployment.IN_TIME,
            request -> request.is(Route.GET_CONTENT, job.generationId()) && request.aborted());
    assertThat(fetched(job)).extracting(RecordedRequest::aborted).containsExactly(true, false);
  }

  @Test
  void stalledForGoodInTheMiddle_isCheckedAgainUntilItComes() {
    SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
    Script stalled = content(job).answer(Fault.stallAfter(CUT)).always(Fault.stallAfter(0));

    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    assertThat(bench.blob(job).exists()).isFalse();
    stalled.clear();

    assertThat(bench.awaitDelivered(job).path("looks").asInt()).isGreaterThan(1);
  }

  @Test
  void stalledBeforeTheFirstByteBeyondTheGrace_isNotTakenForAMissingVideo() {
    SimulatedJob job = finishedLongAgo(video());
    Script stalled = content(job).always(Fault.stallAfter(0));

    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    stalled.clear();

    bench.awaitDelivered(job);
  }

  @Test
  void cutBeforeTheFirstByteBeyondTheGrace_isRetriedWithinTheLook() {
    SimulatedJob job = finishedLongAgo(video());
    content(job).answer(Fault.cutAfter(0), Fault.cutAfter(5));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(fetched(job)).hasSize(3);
  }

  @Test
  void cutTenTimes_isResumedEachTimeWithoutFetchingTwice() {
    SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
    content(job).answer(10, Fault.cutAfter(220_000));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(fetched(job)).hasSize(11);
    assertThat(fetched(job).stream().mapToLong(RecordedRequest::bytesSent).sum())
        .isBetween(SIZE + 10L * OVERLAP, SIZE + 10L * (OVERLAP + IN_FLIGHT));
  }

  @Test
  void status503AtTheCut_isRetriedWithoutStartingOver() {
    SimulatedJob job = job(Fault.cutAfter(CUT), Fault.status(503), Fault.reset());

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(fetched(job)).extracting(RecordedRequest::status).containsExactly(200, 503, 0, 206);
  }

  @Test
  void rangeIgnored_isFetchedFromTheStart() {
    SimulatedJob job = job(Fault.cutAfter(CUT), Fault.ignoreRange());

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertFetchedFromTheStart(job, 200);
  }

  @Test
  void rangeAnsweredWithOtherBytes_isFetchedFromTheStart() {
    SimulatedJob job = job(Fault.cutAfter(CUT), Fault.otherBytes());

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertFetchedFromTheStart(job, 206);
  }

  @Test
  void rangeAnsweredFromAnotherByte_isFetchedFromTheStart() {
    SimulatedJob job =
        job(
            Fault.cutAfter(CUT),
            Fault.contentRange("bytes %d-%d/%d".formatted(CUT + 1, SIZE - 1, SIZE)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertFetchedFromTheStart(job, 206);
  }

  @Test
  void rangeAnsweredWithAnotherTotal_isFetchedFromTheStart() {
    SimulatedJob job =
        job(
            Fault.cutAfter(CUT),
            Fault.contentRange("bytes %d-%d/%d".formatted(CUT - OVERLAP, SIZE - 1, SIZE + 1)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertFetchedFromTheStart(job, 206);
  }

  private static void assertFetchedFromTheStart(SimulatedJob job, int secondStatus) {
    assertThat(fetched(job))
        .extracting(RecordedRequest::status)
        .containsExactly(200, secondStatus, 200);
    assertThat(fetched(job))
        .extracting(request -> request.header("Range").isPresent())
        .containsExactly(false, true, false);
  }

  @Test
  void changedBetweenTwoParts_isFetchedFromTheStartAndNeverMixed() {
    SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
    Mp4 other = video();
    changing(job, Fault.video(other, Validators.of(Instant.now().plusSeconds(60))));

    assertOtherDelivered(job, other);
  }

  @Test
  void changedBetweenTwoPartsUnderTheSameDate_isFetchedFromTheStartAndNeverMixed() {
    SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
    Mp4 other = video();
    changing(job, Fault.video(other, Validators.of(job.finishedAt().orElseThrow())));

    assertOtherDelivered(job, other);
  }

  /** The cut comes first, then this for good. */
  private static void changing(SimulatedJob job, Fault afterTheCut) {
    content(job).answer(Fault.cutAfter(CUT)).always(afterTheCut);
  }

  private static void assertOtherDelivered(SimulatedJob job, Mp4 other) {
    bench.enqueue(job);
    JsonNode message = bench.courier().outcome(job.id());
    assertThat(message.path("status").asText()).isEqualTo("copied");
    assertThat(message.path("looks").asInt()).isEqualTo(1);
    assertThat(bench.blob(job).md5OfContent())
        .isEqualTo(message.path("contentMd5").asText())
        .isEqualTo(other.md5Base64());
  }

  @Test
  void fiftyGigabytesDeclared_areTooLargeBeforeTheFirstBlock() {
    SimulatedJob job = bench.simulator().sora1Job().add();
    content(job).always(Fault.declaredLength(50L << 30));

    JsonNode message = bench.failed(job, "too-large");

    assertThat(message.path("message").asText())
        .contains("declares 53687091200 bytes", "courier.content.max-size");
    assertThat(fetched(job)).hasSize(1);
    assertThat(bench.hasUncommittedBlocks(job)).isFalse();
  }

  @Test
  void redirectToAnotherOrigin_isFollowedWithoutTheKey() {
    try (SoraSimulator store = SoraSimulator.sink()) {
      SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
      store.on("GET", "/store/video.mp4").always(Fault.video(job.video()));
      content(job).always(Fault.redirect(store.uri("/store/video.mp4?sig=secret")));

      bench.delivered(job);

      assertThat(store.requests()).hasSize(1);
      assertThat(store.requests().get(0).headers().names())
          .doesNotContain("api-key", "authorization");
    }
  }

  @Test
  void retryAfterInSeconds_isObeyedByTheQueue() {
    SimulatedJob job = job(Fault.status(429).and(Fault.retryAfter(6)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);

    assertThat(fetched(job)).extracting(RecordedRequest::status).containsExactly(429, 200);
    assertThat(Duration.between(fetched(job).get(0).at(), fetched(job).get(1).at()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(6));
    assertThat(bench.courier().putBacks(job.id()))
        .extracting(PutBack::delay)
        .containsExactly(Duration.ofSeconds(6));
  }

  @Test
  void retryAfterAsHttpDate_isObeyedByTheQueue() {
    RetryAfterDate date = new RetryAfterDate(Duration.ofSeconds(7));
    SimulatedJob job = job(Fault.status(503).and(date.fault()));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);

    assertThat(fetched(job)).extracting(RecordedRequest::status).containsExactly(503, 200);
    assertThat(fetched(job).get(1).at()).isAfterOrEqualTo(date.told());
  }

  @Test
  void status403_logsAnErrorAndIsRetriedUntilItIsFixed() {
    SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
    Script denied = content(job).always(Fault.error(ServiceError.forbidden()));

    bench.enqueue(job);
    assertThat(bench.courier().awaitLine(job.id(), "event=denied")).contains(" ERROR ", "403");
    bench.courier().awaitPutBacks(job.id(), 1);
    denied.clear();

    bench.awaitDelivered(job);
  }

  @Test
  void oneOfTwoVideosBroken_theOtherIsDeliveredAtOnce() {
    SimulatedJob job =
        bench
            .simulator()
            .sora1Job()
            .createdAt(Instant.now().minus(LONG_AGO))
            .variants(2)
            .video(video(), video())
            .add();
    content(job).always(Fault.html(200));

    bench.enqueue(job);
    List<JsonNode> messages = bench.courier().outcomes(job.id(), 2);

    String second = job.generationIds().get(1);
    assertThat(messages)
        .extracting(
            message ->
                message.path("generationId").asText() + " " + message.path("status").asText())
        .containsExactlyInAnyOrder(job.generationId() + " failed", second + " copied");
    assertThat(bench.courier().stack().blob(second + ".mp4").md5OfContent())
        .isEqualTo(job.video(second).md5Base64());
    assertThat(bench.simulator().requests(Route.GET_CONTENT, second)).hasSize(1);
    assertThat(bench.blob(job).exists()).isFalse();
  }

  private static Mp4 video() {
    return Mp4.ofSize(SIZE, SEEDS.getAndIncrement());
  }

  /** What is wrong then may be late nevertheless. */
  private static SimulatedJob finishedLongAgo(Mp4 video) {
    return bench.simulator().sora1Job().video(video).createdAt(Instant.now().minus(LONG_AGO)).add();
  }

  private static SimulatedJob job(Fault... faults) {
    SimulatedJob job = bench.simulator().sora1Job().video(video()).add();
    content(job).answer(faults);
    return job;
  }

  private static Script content(SimulatedJob job) {
    return bench.simulator().on(Route.GET_CONTENT, job.generationId());
  }

  private static List<RecordedRequest> fetched(SimulatedJob job) {
    return bench.simulator().requests(Route.GET_CONTENT, job.generationId());
  }
}
