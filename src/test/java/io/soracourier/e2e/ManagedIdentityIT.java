package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.SimulatedJob;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A handler without a key asks the video service with tokens of its managed identity. */
class ManagedIdentityIT {
  private static final String RESOURCE = "https://cognitiveservices.azure.com";

  private static final List<String> TOKENS = new CopyOnWriteArrayList<>();
  private static IdentityServer identity;
  private static Deployment courier;

  @BeforeAll
  static void start() {
    identity = new IdentityServer(resource -> token());
    courier =
        Deployment.start(builder -> identity.on(builder).setting("AZURE_OPENAI_API_KEY", null))
            .secret(identity.header());
  }

  private static String token() {
    String token = "token-of-the-identity-" + (TOKENS.size() + 1);
    courier.simulator().acceptToken(token);
    courier.secret(token);
    TOKENS.add(token);
    return token;
  }

  @AfterAll
  static void close() {
    courier.close();
    identity.close();
  }

  /** One test, because the second half needs the first half's token. */
  @Test
  void manyJobs_shareOneTokenAndAfterItsRefusalOneFreshOne() {
    deliver(20);

    assertThat(identity.resources()).containsExactly(RESOURCE);
    assertThat(courier.simulator().requests())
        .hasSizeGreaterThanOrEqualTo(40)
        .allSatisfy(request -> assertThat(bearer(request)).isEqualTo(TOKENS.get(0)))
        .allSatisfy(request -> assertThat(request.header("api-key")).isEmpty());

    courier.simulator().rejectToken(TOKENS.get(0));
    courier.simulator().forgetRequests();
    deliver(10);

    assertThat(identity.resources()).containsExactly(RESOURCE, RESOURCE);
    assertThat(courier.simulator().requests(request -> request.status() == 200))
        .hasSizeGreaterThanOrEqualTo(20)
        .allSatisfy(request -> assertThat(bearer(request)).isEqualTo(TOKENS.get(1)));
  }

  private static void deliver(int count) {
    List<SimulatedJob> jobs =
        Stream.generate(() -> courier.simulator().sora1Job().add()).limit(count).toList();
    jobs.parallelStream().forEach(job -> courier.enqueue(job.id()));
    assertThat(jobs)
        .allSatisfy(
            job ->
                assertThat(courier.outcome(job.id()).path("status").asText()).isEqualTo("copied"));
  }

  private static String bearer(RecordedRequest request) {
    return request.header("Authorization").orElse("").replaceFirst("^Bearer ", "");
  }
}
