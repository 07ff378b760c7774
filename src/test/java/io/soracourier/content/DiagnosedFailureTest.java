package io.soracourier.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.soracourier.content.ContentResolver.ContentFindings;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.VideoJob;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A diagnosis requests more than a copy, and must not conclude otherwise. */
class DiagnosedFailureTest {
  private static final String AVI = "RIFF____AVI LIST____hdrl";

  private final ResolverFixture fixture = new ResolverFixture();
  private final SoraSimulator simulator = fixture.simulator;

  @AfterEach
  void close() {
    fixture.close();
  }

  static Stream<Arguments> responses() {
    List<Fault> documented =
        List.of(
            Fault.error(ServiceError.notFound()),
            Fault.error(ServiceError.forbidden()),
            Fault.error(ServiceError.moderated()),
            Fault.error(ServiceError.modelDeprecated()),
            Fault.error(ServiceError.tooManyRunningTasks()),
            Fault.json(409, "{}"),
            Fault.status(410),
            Fault.status(501),
            Fault.html(200),
            Fault.json(200, "{\"status\":\"done\"}"),
            Fault.reply(Reply.of(200, "video/mp4", Content.of(AVI))),
            Fault.redirect(302, "https://evil.example:0/v.mp4"));
    List<Fault> guessed =
        List.of(
            Fault.error(ServiceError.notFound()),
            Fault.status(410),
            Fault.status(403),
            Fault.status(503),
            Fault.error(ServiceError.modelDeprecated()),
            Fault.reply(Reply.of(200, "video/mp4", Content.of(AVI))));
    return documented.stream()
        .flatMap(first -> guessed.stream().map(other -> Arguments.of(first, other)));
  }

  @ParameterizedTest
  @MethodSource("responses")
  void failureOfADiagnosis_isThatOfACopy(Fault documented, Fault guessed) {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_CONTENT).always(documented);
    String content = "/openai/v1/video/generations/" + job.generationId() + "/content";
    simulator.on(request -> request.target().equals(content)).always(guessed);
    VideoJob found = fixture.job(job);

    Throwable ofCopy = catchThrowable(() -> fixture.fetch(found, 0));
    RuntimeException ofDiagnosis = diagnose(found).failure().orElseThrow();

    assertThat(ofDiagnosis).hasSameClassAs(ofCopy);
    assertThat(withoutRequestId(ofDiagnosis)).isEqualTo(withoutRequestId(ofCopy));
  }

  private static String withoutRequestId(Throwable failure) {
    return failure.getMessage().replaceAll("request id [0-9a-f-]+", "request id");
  }

  @Test
  void videoThatACopyFinds_isNoFailure() {
    VideoJob found = fixture.job(simulator.sora1Job().add());

    assertThat(diagnose(found).failure()).isEmpty();
  }

  @Test
  void requestsBeyondTheBudget_areLeftOutGuessesFirst() {
    fixture.withoutDocumentedContent();
    VideoJob found = fixture.job(simulator.sora1Job().add());

    ContentFindings findings =
        fixture.resolver.diagnose(
            found,
            found.generations().get(0),
            new SearchBudget(() -> true, SearchBudget.MAX_GUESSED));

    assertThat(fixture.targets()).hasSize(2);
    assertThat(findings.locations())
        .filteredOn(location -> location.place() == PlaceName.OTHER_API)
        .singleElement()
        .satisfies(location -> assertThat(location.ifNone()).contains("left out"));
    assertThat(findings.failure().orElseThrow()).hasMessageContaining("at none of 2 addresses");
  }

  private ContentFindings diagnose(VideoJob job) {
    return fixture.resolver.diagnose(
        job, job.generations().get(0), new SearchBudget(() -> true, 0));
  }
}
