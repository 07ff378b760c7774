package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.LocalStack;
import io.soracourier.simulator.About;
import io.soracourier.simulator.JobBuilder;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServerProfile;
import io.soracourier.simulator.ServerProfile.Where;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every server of the {@code /videos} shape that docs/reference/servers.md names, with the settings
 * that it names: from the bare id on the queue to the blob and the outcome, and the ways in which
 * all of them fail. One deployment a server, which has all the jobs at the same time.
 */
@Execution(ExecutionMode.CONCURRENT)
class ServersIT {
  static List<ServerProfile> servers() {
    return ServerProfile.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  void bareId_becomesTheBlobOfItsVideoOrAnOutcomeThatSaysWhyNot(ServerProfile server) {
    try (Deployment courier = deployment(server, stack -> stack)) {
      Bench bench = new Bench(server, courier);
      SimulatedJob made = bench.job(server.words()).add();
      SimulatedJob failed =
          bench.job(server.words().get(0), "failed").failureMessage("The lens is fogged.").add();
      SimulatedJob lateKnown = bench.job(server.words()).add();
      SimulatedJob forgotten = bench.job(server.words().get(0)).add();
      courier.simulator().forget(lateKnown);
      Stream.of(made, failed, lateKnown, forgotten).forEach(job -> courier.enqueue(job.id()));
      courier.awaitPutBacks(lateKnown.id(), 1);
      courier.simulator().remember(lateKnown);
      courier.awaitPutBacks(forgotten.id(), 1);
      courier.simulator().forget(forgotten);

      bench.assertCopied(made);
      assertThat(bench.polls(made)).hasSize(server.words().size());
      bench.assertCopied(lateKnown);
      bench.assertFailed(failed);
      bench.assertNotFound(forgotten);
      assertThat(bench.api()).isNotEmpty().allMatch(bench::hasTheCredential);
      assertThat(bench.media()).allMatch(request -> Bench.credentials(request).isEmpty());
      assertThat(bench.media().isEmpty()).isEqualTo(server.content().where() == Where.ROUTE);
    }
  }

  /** Short waits, and the settings of the server's row. They start one after the other. */
  static synchronized Deployment deployment(
      ServerProfile server, UnaryOperator<LocalStack.Builder> more) {
    return Deployment.start(
        stack ->
            more.apply(
                stack
                    .simulator(SimulatorOptions.defaults().withServer(server))
                    .setting("COURIER_LOOK_FIRST_DELAY", "300ms")
                    .setting("COURIER_LOOK_MAX_DELAY", "600ms")
                    .setting("COURIER_GRACE", "1s")
                    .setting("COURIER_CONTENT_GRACE", "1s")));
  }

  /** One server and the courier that asks it. */
  record Bench(ServerProfile server, Deployment courier) {

    JobBuilder job(List<String> words) {
      return job(words.toArray(String[]::new));
    }

    JobBuilder job(String... words) {
      return courier.simulator().sora2Video().statuses(words);
    }

    void assertCopied(SimulatedJob job) {
      JsonNode outcome = courier.outcome(job.id());
      assertThat(outcome.path("status").asText()).as(outcome.toString()).isEqualTo("copied");
      assertThat(outcome.path("generationId").asText()).isEqualTo(job.id());
      assertThat(outcome.path("contentMd5").asText()).isEqualTo(job.video().md5Base64());
      assertThat(courier.stack().blob(blobOf(job.id())).bytes()).isEqualTo(job.video().bytes());
    }

    void assertFailed(SimulatedJob job) {
      JsonNode outcome = failure(job.id(), "job-failed");
      assertThat(outcome.path("message").asText()).contains("'failed'", "The lens is fogged.");
      assertThat(polls(job)).hasSize(2);
      assertThat(courier.simulator().requests(Route.GET_VIDEO_CONTENT, job.id())).isEmpty();
    }

    /** As after a restart of a server that keeps jobs in memory, or at a replica without them. */
    void assertNotFound(SimulatedJob job) {
      JsonNode outcome = failure(job.id(), "job-not-found");
      assertThat(outcome.path("attempts").findValues("status"))
          .extracting(JsonNode::asInt)
          .contains(server.answers().get(About.UNKNOWN_JOB).status());
      assertThat(polls(job)).hasSizeGreaterThanOrEqualTo(4);
    }

    JsonNode failure(String id, String reason) {
      JsonNode outcome = courier.outcome(id);
      assertThat(outcome.path("reason").asText()).as(outcome.toString()).isEqualTo(reason);
      return outcome;
    }

    List<RecordedRequest> polls(SimulatedJob job) {
      return courier.simulator().requests(Route.GET_VIDEO, job.id());
    }

    List<RecordedRequest> api() {
      return courier
          .simulator()
          .requests(request -> request.path().startsWith(server.basePath() + "/"));
    }

    List<RecordedRequest> media() {
      return courier.simulator().requests(request -> request.path().startsWith("/media/"));
    }

    boolean hasTheCredential(RecordedRequest request) {
      return server.isAnonymous()
          ? credentials(request).isEmpty()
          : credentials(request).equals(List.of("authorization"))
              && request
                  .header("Authorization")
                  .filter(("Bearer " + courier.simulator().apiKey())::equals)
                  .isPresent();
    }

    static List<String> credentials(RecordedRequest request) {
      return request
          .headers()
          .names()
          .filter(name -> name.matches("authorization|.*api-key|.*-vk"))
          .toList();
    }
  }

  /** Other characters than letters, digits and {@code _-.~=+} have an escape in a blob's name. */
  static String blobOf(String id) {
    return id.replace("%", ",25").replace(":", ",3A") + ".mp4";
  }
}
