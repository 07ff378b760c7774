package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.e2e.ServersIT.Bench;
import io.soracourier.local.LocalStack;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServerProfile;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways in which one server fails and others do not, as docs/reference/servers.md reports them. */
@Execution(ExecutionMode.CONCURRENT)
class ServerFailuresIT {

  /** The bytes are at a host that nobody has allowed. */
  @ParameterizedTest
  @ValueSource(strings = {"sglang-s3", "xai", "together"})
  void hostThatIsNotAllowed_isNamedAndNotRequested(String server) {
    try (Deployment courier =
        deployment(server, stack -> stack.setting("COURIER_CONTENT_ALLOWED_HOSTS", "b.test"))) {
      Bench bench = bench(server, courier);
      SimulatedJob job = bench.job(bench.server().doneWord()).add();

      courier.enqueue(job.id());
      JsonNode outcome = bench.failure(job.id(), "content-not-found");

      assertThat(outcome.path("message").asText())
          .contains("localhost", "courier.content.allowed-hosts", "COURIER_CONTENT_ALLOWED_HOSTS");
      assertThat(bench.api())
          .filteredOn(request -> !request.path().endsWith("/videos/" + job.id()))
          .as("no guesses")
          .allMatch(request -> request.is(Route.GET_VIDEO_CONTENT));
      assertThat(contents(courier, job).size() == 1)
          .as("final at once only where its own route points there")
          .isEqualTo(server.equals("sglang-s3"));
      assertThat(bench.media()).isEmpty();
      assertThat(bench.api()).isNotEmpty().allMatch(bench::hasTheCredential);
    }
  }

  /** Nobody can list the hosts of a provider's signed URLs beforehand. */
  @Test
  void redirectOfTheContentRoute_isFollowedToAHostThatNobodyAllowed() {
    try (Deployment courier =
        deployment("aisix", stack -> stack.setting("COURIER_CONTENT_ALLOWED_HOSTS", "b.test"))) {
      Bench bench = bench("aisix", courier);
      SimulatedJob job = bench.job("completed").add();

      courier.enqueue(job.id());
      bench.assertCopied(job);

      assertThat(bench.media())
          .hasSize(1)
          .allMatch(request -> Bench.credentials(request).isEmpty());
    }
  }

  /** AVI where a server finds no ffmpeg, WebM where a provider makes that. */
  @ParameterizedTest
  @CsvSource({
    "tensorrt-llm, 52494646 00100000 41564920 4C495354",
    "qvac, 52494646 00100000 41564920 4C495354",
    "grok2api, 1A45DFA3 9F428681 0142F781 0142F281",
    "together, 1A45DFA3 9F428681 0142F781 0142F281"
  })
  void contentThatIsNoMp4_isInvalid(String server, String beginning) {
    try (Deployment courier = deployment(server)) {
      Bench bench = bench(server, courier);
      byte[] other = Arrays.copyOf(HexFormat.of().parseHex(beginning.replace(" ", "")), 16 * 1024);
      SimulatedJob job = bench.job(bench.server().doneWord()).video(Content.of(other)).add();

      courier.enqueue(job.id());
      JsonNode outcome = bench.failure(job.id(), "content-invalid");

      // Waiting does not change a container; until it was recognised, all guesses were made thrice.
      assertThat(outcome.path("message").asText())
          .contains(beginning.startsWith("52") ? "AVI" : "WebM", "MP4 only");
      assertThat(bench.polls(job)).hasSize(1);
      assertThat(contents(courier, job)).hasSize(1);
      assertThat(courier.stack().blobNames()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fastvideo, content-not-found, 404",
    "qvac, expired, 410",
    "vllm-omni, content-not-found, 404"
  })
  void bytesThatAreGone_areReported(String server, String reason, int status) {
    try (Deployment courier = deployment(server)) {
      Bench bench = bench(server, courier);
      SimulatedJob job = bench.job("completed").contentDelay(Duration.ofHours(1)).add();

      courier.enqueue(job.id());
      JsonNode outcome = bench.failure(job.id(), reason);

      assertThat(outcome.at("/attempts/0/status").asInt()).isEqualTo(status);
      assertThat(contents(courier, job)).isNotEmpty().allMatch(bench::hasTheCredential);
    }
  }

  /** A report on LiteLLM: a provider's error comes for the video, with 200 and video/mp4. */
  @Test
  void errorForContentThatLiteLlmTakesForTheVideo_isNoVideo() {
    try (Deployment courier = deployment("litellm")) {
      Bench bench = bench("litellm", courier);
      SimulatedJob job =
          bench.job("completed").video(Content.of("{\"error\":{\"message\":\"not ready\"}}")).add();

      courier.enqueue(job.id());
      bench.failure(job.id(), "content-invalid");

      assertThat(courier.stack().blobNames()).isEmpty();
    }
  }

  /** A video belongs to the key that made it. */
  @Test
  void keyThatDidNotMakeTheVideo_isReportedUntilItIsReplaced() {
    try (Deployment courier = deployment("litellm")) {
      Bench bench = bench("litellm", courier);
      SimulatedJob job = bench.job("completed").add();
      courier
          .simulator()
          .on(Route.GET_VIDEO, job.id())
          .answer(2, Fault.json(403, "{\"detail\":\"Forbidden\"}"));

      courier.enqueue(job.id());
      String line = courier.awaitLine(job.id(), "event=denied");
      bench.assertCopied(job);

      assertThat(line)
          .contains("ERROR", "403", "Forbidden", "a key that may read videos of this server")
          .doesNotContain("Cognitive Services");
    }
  }

  /** It is that job's own trouble where others are answered, and others go on. */
  @Test
  void jobOfAnotherKey_isReportedAsItsOwnTroubleAndOthersGoOn() {
    try (Deployment courier = deployment("litellm")) {
      Bench bench = bench("litellm", courier);
      SimulatedJob own = bench.job("completed").add();
      SimulatedJob other = bench.job("completed").add();
      courier
          .simulator()
          .on(Route.GET_VIDEO, other.id())
          .always(Fault.json(403, "{\"detail\":\"Forbidden\"}"));
      courier.enqueue(own.id());
      bench.assertCopied(own);

      courier.enqueue(other.id(), Deployment.NO_TIME);

      JsonNode outcome = bench.failure(other.id(), "access-denied");
      assertThat(outcome.path("message").asText()).contains("this is about this job alone");
      SimulatedJob later = bench.job("completed").add();
      courier.enqueue(later.id());
      bench.assertCopied(later);
    }
  }

  /** It streams without a length and without ranges: a download that breaks begins again. */
  @Test
  void streamThatIsCut_isCopiedFromItsBeginning() {
    try (Deployment courier = deployment("stdapi")) {
      Bench bench = bench("stdapi", courier);
      SimulatedJob job = bench.job("completed").add();
      courier
          .simulator()
          .on(Route.GET_VIDEO_CONTENT, job.id())
          .answer(Fault.chunkedCutInside(20_000));

      courier.enqueue(job.id());
      bench.assertCopied(job);

      assertThat(contents(courier, job))
          .hasSize(2)
          .allMatch(request -> request.header("Range").isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "openrouter, expired, expired",
    "openrouter, cancelled, cancelled",
    "together, cancelled, cancelled",
    "xai, expired, expired"
  })
  void otherLastWords_areTheReason(String server, String word, String reason) {
    try (Deployment courier = deployment(server)) {
      Bench bench = bench(server, courier);
      SimulatedJob job = bench.job(bench.server().words().get(0), word).add();

      courier.enqueue(job.id());
      JsonNode outcome = bench.failure(job.id(), reason);

      assertThat(outcome.path("message").asText()).contains("'" + word + "'");
      assertThat(bench.polls(job)).hasSize(2);
      assertThat(contents(courier, job)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xai", "grok2api"})
  void videoThatModerationBlocked_isReportedAsModerated(String server) {
    try (Deployment courier = deployment(server)) {
      Bench bench = bench(server, courier);
      SimulatedJob job =
          bench
              .job("done")
              .editJob(
                  json ->
                      ((ObjectNode) json.path("video"))
                          .put("url", "")
                          .put("respect_moderation", false))
              .add();

      courier.enqueue(job.id());
      bench.failure(job.id(), "moderated");

      assertThat(contents(courier, job)).isEmpty();
    }
  }

  /** The dashboard answers any path outside the API, with 200. */
  @Test
  void dashboardInPlaceOfAJob_isAWrongEndpoint() {
    SimulatorOptions options =
        SimulatorOptions.defaults().withServer(ServerProfile.named("new-api"));
    try (SoraSimulator gateway = SoraSimulator.start(options);
        Deployment courier =
            deployment(
                "new-api",
                stack ->
                    stack
                        .withoutSimulator()
                        .setting("AZURE_OPENAI_ENDPOINT", gateway.uri("/console/v1").toString())
                        .setting("AZURE_OPENAI_API_KEY", gateway.apiKey())
                        .setting("COURIER_DEADLINE", "60s"))) {
      SimulatedJob job = gateway.sora2Video().add();

      courier.enqueue(job.id());
      String line = courier.awaitLine(job.id(), "AZURE_OPENAI_ENDPOINT");
      JsonNode outcome = courier.outcome(job.id());

      assertThat(line).contains("ERROR").doesNotContain("<html");
      assertThat(outcome.path("message").asText()).contains("AZURE_OPENAI_ENDPOINT");
      assertThat(job.looks()).isZero();
      assertThat(gateway.requests())
          .hasSizeGreaterThan(1)
          .allMatch(request -> request.path().startsWith("/console/v1/"));
    }
  }

  /** Its own name for the key, where a gateway of the organisation keeps Bearer for itself. */
  @Test
  void keyInAHeaderOfItsOwn_isTheOnlyCredential() {
    try (Deployment courier =
        deployment("bifrost", stack -> stack.setting("COURIER_SORA_KEY_HEADER", "x-bf-vk"))) {
      Bench bench = bench("bifrost", courier);
      SimulatedJob job = bench.job("completed").add();

      courier.enqueue(job.id());
      bench.assertCopied(job);

      assertThat(bench.api())
          .isNotEmpty()
          .allMatch(request -> Bench.credentials(request).equals(List.of("x-bf-vk")));
    }
  }

  private static List<RecordedRequest> contents(Deployment courier, SimulatedJob job) {
    return courier.simulator().requests(Route.GET_VIDEO_CONTENT, job.id());
  }

  private static Bench bench(String server, Deployment courier) {
    return new Bench(ServerProfile.named(server), courier);
  }

  private static Deployment deployment(String server) {
    return deployment(server, stack -> stack);
  }

  private static Deployment deployment(String server, UnaryOperator<LocalStack.Builder> more) {
    return ServersIT.deployment(ServerProfile.named(server), more);
  }
}
