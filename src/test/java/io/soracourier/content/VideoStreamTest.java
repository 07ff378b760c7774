package io.soracourier.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.Script;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.simulator.Validators;
import io.soracourier.sora.Authentications;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoStreamTest {
  private static final int SIZE = 300_000;
  private static final int CUT = 100_000;
  private static final int RESUMED = CUT - VideoStream.OVERLAP;

  private final ContentFixture fixture = new ContentFixture();
  private final SoraSimulator simulator = fixture.simulator;
  private final Mp4 video = Mp4.ofSize(SIZE, 7);
  private SimulatedJob job = simulator.sora1Job().video(video).add();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096, 1 << 20})
  void wholeContent_isReadInPiecesOfAnySize(int piece) {
    job = simulator.sora1Job().video(Mp4.genuine()).add();
    try (VideoStream stream = fixture.open(job)) {
      assertThat(stream.length()).hasValue(Mp4.genuine().length());
      assertThat(read(stream, piece)).isEqualTo(Mp4.genuine().bytes());
      assertThat(stream.cuts()).isZero();
    }
    assertThat(simulator.requests()).hasSize(1);
  }

  static List<Fault> framings() {
    return List.of(Fault.chunked(), Fault.untilClose());
  }

  @ParameterizedTest
  @MethodSource("framings")
  void contentWithoutALength_isReadToItsEnd(Fault framing) {
    content().always(framing);

    try (VideoStream stream = fixture.open(job)) {
      assertThat(stream.length()).isEmpty();
      assertThat(read(stream, 4096)).isEqualTo(video.bytes());
    }
  }

  static List<Fault> cuts() {
    return List.of(Fault.cutAfter(CUT), Fault.chunkedCutInside(CUT), Fault.badChunkAfter(CUT));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void cutContent_isResumedWhereItWasCut(Fault cut) {
    content().answer(cut);

    try (VideoStream stream = fixture.open(job)) {
      assertThat(read(stream, 4096)).isEqualTo(video.bytes());
      assertThat(stream.cuts()).isEqualTo(1);
    }
    RecordedRequest second = simulator.requests().get(1);
    assertThat(second.header("Range").orElseThrow()).matches("bytes=(99992|100003)-");
    assertThat(second.header("If-Range")).isPresent();
    assertThat(second.header("api-key")).contains(simulator.apiKey());
    assertThat(second.status()).isEqualTo(206);
  }

  /** The same address led to the content a moment before: whether that is final is not known. */
  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.com/video.mp4", "https://10.0.0.1/video.mp4", "https://:"})
  void redirectThatIsRefusedAfterACut_startsOver(String location) {
    content().answer(Fault.cutAfter(CUT), Fault.redirect(302, location));

    try (VideoStream stream = fixture.open(job)) {
      assertThatThrownBy(() -> read(stream, 4096)).isInstanceOf(InterruptedDownloadException.class);
    }
    assertThat(simulator.requests()).hasSize(2);
  }

  @Test
  void contentShorterThanDeclared_isNotTakenForWhole() {
    content().answer(Fault.declaredLength(SIZE + 1));

    try (VideoStream stream = fixture.open(job)) {
      // The byte that is missing is asked for, and the whole turns out to be another.
      assertThatThrownBy(() -> read(stream, 4096)).isInstanceOf(InterruptedDownloadException.class);
    }
    assertThat(simulator.requests().get(1).status()).isEqualTo(206);
  }

  @Test
  void contentThatIsCutAgainAndAgain_isReadNevertheless() {
    content().answer(9, Fault.cutAfter(10_000));

    try (VideoStream stream = fixture.open(job)) {
      assertThat(read(stream, 65_536)).isEqualTo(video.bytes());
      assertThat(stream.cuts()).isEqualTo(9);
    }
  }

  @Test
  void resetConnection_isResumed() {
    content().answer(Fault.resetAfter(CUT));

    try (VideoStream stream = fixture.open(job)) {
      assertThat(read(stream, 4096)).isEqualTo(video.bytes());
    }
  }

  /** Only the response that stalls is read with a short timeout. */
  @Test
  void stalledContent_isResumed() {
    content().answer(Fault.stallAfter(CUT));
    Candidate own = ContentFixture.own(fixture.content(job));
    ContentClient impatient =
        fixture.client(
            Authentications.withKey(fixture.endpoint, simulator.apiKey()), Duration.ofSeconds(2));

    try (VideoStream stream =
        new VideoStream(fixture.client, fixture.errors, own, impatient.get(own, Map.of()))) {
      assertThat(read(stream, 4096)).isEqualTo(video.bytes());
      assertThat(stream.cuts()).isEqualTo(1);
    } finally {
      impatient.close();
    }
    assertThat(simulator.requests().get(1).header("Range")).contains("bytes=" + RESUMED + "-");
  }

  @Test
  void contentThatNeverBringsAByte_isGivenUp() {
    content().always(Fault.cutAfter(0));

    try (VideoStream stream = fixture.open(job)) {
      assertThatThrownBy(() -> read(stream, 4096))
          .isInstanceOfSatisfying(
              SoraException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
    assertThat(simulator.requests()).hasSize(4);
  }

  /** What may come instead of the rest, and must not be taken for it. */
  static List<Fault> strangers() {
    return List.of(
        Fault.ignoreRange(),
        Fault.otherBytes(),
        Fault.contentRange("bytes 0-" + (SIZE - 1) + "/" + SIZE),
        Fault.contentRange("bytes " + CUT + "-" + (SIZE - 1) + "/" + SIZE),
        Fault.contentRange("bytes " + RESUMED + "-" + (SIZE - 2) + "/" + SIZE),
        Fault.contentRange("bytes " + RESUMED + "-" + SIZE + "/" + (SIZE + 1)),
        Fault.contentRange("bytes " + RESUMED + "-" + (SIZE - 1) + "/*"),
        Fault.contentRange("garbage"),
        Fault.withoutHeader("Content-Range"),
        Fault.withoutHeader("Last-Modified"),
        Fault.header("Last-Modified", "Thu, 01 Jan 2026 00:00:01 GMT"),
        Fault.header("ETag", "\"other\""),
        Fault.error(ServiceError.notFound()),
        Fault.status(416));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void restThatIsNotProvablyTheRest_meansStartingOver(Fault stranger) {
    content().answer(Fault.cutAfter(CUT), stranger);

    try (VideoStream stream = fixture.open(job)) {
      assertThatThrownBy(() -> read(stream, 4096)).isInstanceOf(InterruptedDownloadException.class);
    }
  }

  /** The service may say it right, and send more. */
  @ParameterizedTest
  @MethodSource("cuts")
  void restWithMoreBytesThanTheWhole_meansStartingOver(Fault cut) {
    content().answer(cut, Fault.changing(VideoStreamTest::longer));

    try (VideoStream stream = fixture.open(job)) {
      assertThatThrownBy(() -> read(stream, 4096)).isInstanceOf(InterruptedDownloadException.class);
    }
  }

  /** A length is known from the second response on only. */
  @Test
  void restShorterThanItsContentRange_isResumed() {
    content()
        .answer(
            Fault.chunkedCutInside(CUT),
            Fault.chunked().and(Fault.changing(VideoStreamTest::shorter)));

    try (VideoStream stream = fixture.open(job)) {
      assertThat(stream.length()).isEmpty();
      assertThat(read(stream, 4096)).isEqualTo(video.bytes());
      assertThat(stream.cuts()).isEqualTo(2);
    }
  }

  @Test
  void restOfContentShorterThanWhatHasCome_meansStartingOver() {
    content().answer(Fault.chunkedCutInside(CUT), Fault.changing(VideoStreamTest::ofLess));

    try (VideoStream stream = fixture.open(job)) {
      assertThatThrownBy(() -> read(stream, 4096)).isInstanceOf(InterruptedDownloadException.class);
    }
  }

  private static Reply longer(Reply reply) {
    byte[] more = Arrays.copyOf(reply.body().bytes(), (int) reply.body().length() + 8);
    return reply.withBody(Content.of(more));
  }

  private static Reply shorter(Reply reply) {
    return reply.withBody(reply.body().slice(0, reply.body().length() - 8));
  }

  /** The right beginning, and a total that was passed already. */
  private static Reply ofLess(Reply reply) {
    String from = reply.headers().first("Content-Range").orElseThrow().replaceFirst("-.*", "");
    long first = Long.parseLong(from.replaceFirst("bytes ", ""));
    return reply
        .with("Content-Range", from + "-" + (first + 3) + "/" + (first + 4))
        .withBody(reply.body().slice(0, 4));
  }

  @Test
  void contentThatChangedMeanwhile_meansStartingOver() {
    content().answer(Fault.cutAfter(CUT));

    try (VideoStream stream = fixture.open(job)) {
      job.replaceVideo(
          job.generationId(), Mp4.ofSize(SIZE, 8), Validators.of(Instant.now().plusSeconds(60)));

      assertThatThrownBy(() -> read(stream, 4096)).isInstanceOf(InterruptedDownloadException.class);
    }
  }

  @Test
  void serviceThatOffersNoRanges_isNotRequestedForARange() {
    job = simulator.sora1Job().video(video).ranges(false).add();
    content().answer(Fault.cutAfter(CUT));

    try (VideoStream stream = fixture.open(job)) {
      assertThatThrownBy(() -> read(stream, 4096))
          .isInstanceOfSatisfying(
              InterruptedDownloadException.class,
              e -> assertThat(e.cut().kind()).isEqualTo(Kind.UNAVAILABLE));
    }
    assertThat(simulator.requests()).hasSize(1);
  }

  @Test
  void contentWithoutAValidator_isNotResumed() {
    content().answer(Fault.cutAfter(CUT).and(Fault.withoutHeader("Last-Modified")));

    try (VideoStream stream = fixture.open(job)) {
      assertThatThrownBy(() -> read(stream, 4096)).isInstanceOf(InterruptedDownloadException.class);
    }
    assertThat(simulator.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"v1\"", "W/\"v1\""})
  void strongTag_isTheValidatorAndAWeakOneIsNot(String tag) {
    job = simulator.sora1Job().video(video).etag(tag).add();
    content().answer(Fault.cutAfter(CUT));

    try (VideoStream stream = fixture.open(job)) {
      assertThat(read(stream, 4096)).isEqualTo(video.bytes());
    }
    String validator = simulator.requests().get(1).header("If-Range").orElseThrow();
    assertThat(validator.equals(tag)).isEqualTo(tag.startsWith("\""));
    assertThat(validator).isNotEqualTo("W/\"v1\"");
  }

  @Test
  void busyServiceAtTheCut_isTransient() {
    content().answer(Fault.cutAfter(CUT), Fault.error(ServiceError.server(503)));

    try (VideoStream stream = fixture.open(job)) {
      assertThatThrownBy(() -> read(stream, 4096))
          .isInstanceOfSatisfying(SoraException.class, e -> assertThat(e.isTransient()).isTrue());
    }
  }

  @Test
  void restAtAnotherOrigin_isReachedOverTheRedirectWithoutTheKey() {
    try (SoraSimulator sink = SoraSimulator.sink()) {
      URI blob = sink.uri("/blob?sig=x");
      sink.on("GET", "/blob")
          .answer(Fault.video(video).and(Fault.cutAfter(CUT)), Fault.video(video));
      content().always(Fault.redirect(blob));

      try (VideoStream stream = fixture.open(job)) {
        assertThat(read(stream, 4096)).isEqualTo(video.bytes());
      }
      assertThat(sink.requests()).hasSize(2);
      assertThat(sink.requests().get(1).headers().names())
          .contains("range")
          .doesNotContain("api-key", "authorization");
    }
  }

  @Test
  void abandonedStream_cutsTheConnection() {
    Content large = Mp4.ofSize(256L << 20, 9);
    job = simulator.sora1Job().video(large).add();
    VideoStream stream = fixture.open(job);
    assertThat(stream.read(1).remaining()).isEqualTo(1);

    stream.close();

    RecordedRequest request =
        simulator.awaitRequests(1, Duration.ofSeconds(20), RecordedRequest::aborted).get(0);
    assertThat(request.bytesSent()).isLessThan(large.length());
  }

  private Script content() {
    return simulator.on(Route.GET_CONTENT, job.generationId());
  }

  private static byte[] read(VideoStream stream, int piece) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (ByteBuffer read = stream.read(piece); read != null; read = stream.read(piece)) {
      assertThat(read.remaining()).isBetween(1, piece);
      whole.write(read.array(), read.arrayOffset() + read.position(), read.remaining());
    }
    return whole.toByteArray();
  }
}
