package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.e2e.IdentityServer;
import io.soracourier.local.Azurite;
import io.soracourier.local.LocalStack;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageProxy;
import io.soracourier.simulator.Ids;
import io.soracourier.simulator.SimulatedJob;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the endpoint that gives the managed identity's tokens. */
class IdentityFaultsIT {
  private static final String TOKEN = "a-token.of-the-identity.that-nobody-may-see";
  private static final String NOT_ASSIGNED =
      "{\"statusCode\":400,\"message\":\"No User Assigned or Delegated Managed Identity found for"
          + " specified ClientId/ResourceId/PrincipalId.\"}";

  private final IdentityServer identity = new IdentityServer(resource -> TOKEN);

  @AfterEach
  void close() {
    identity.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":\"%s\\n\",\"expires_on\":\"4102444800\",\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"\\ufeff%s \\r\\n\",\"expires_on\":4102444800}"
      })
  void tokenWithALineEnd_isTrimmedAndUsed(String answer) {
    identity.answer(200, answer);
    try (Deployment courier = start(stack -> stack)) {
      assertDelivered(courier);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":\"%s\",\"expires_on\":\"11/26/2099 3:18:31 PM +00:00\"}",
        "{\"access_token\":\"%s\",\"expires_on\":\"1/5/2099 12:00:00 AM +00:00\"}",
        "{\"access_token\":\"%s\",\"expires_on\":\"some day\",\"token_type\":[\"Bearer\"]}"
      })
  void expiryThatIsADateOrUnreadable_doesNotKeepATokenFromBeingUsed(String answer) {
    identity.answer(200, answer);
    try (Deployment courier = start(stack -> stack)) {
      assertDelivered(courier);
    }
  }

  private void assertDelivered(Deployment courier) {
    courier.simulator().acceptToken(TOKEN);
    SimulatedJob job = courier.simulator().sora1Job().add();

    courier.enqueue(job.id());

    assertThat(courier.outcome(job.id()).path("status").asText()).isEqualTo("copied");
    assertThat(courier.simulator().requests())
        .allSatisfy(
            request -> assertThat(request.header("Authorization")).contains("Bearer " + TOKEN));
    assertThat(identity.resources()).hasSize(1);
  }

  @Test
  void tokenThatNoHeaderCanCarry_isRefusedInWordsAndNeverShown() {
    identity.answer(200, "{\"access_token\":\"%s\\r\\nX-Other: %s\",\"expires_on\":4102444800}");
    try (Deployment courier = start(stack -> stack)) {
      JsonNode message = outcomeAtTheDeadline(courier);

      assertThat(message.path("reason").asText()).isEqualTo("gave-up");
      assertThat(message.path("message").asText())
          .contains("its access_token has a character that no header can carry");
      assertThat(courier.simulator().requests()).isEmpty();
      assertThat(courier.stack().handlerLines()).noneMatch(line -> line.contains("event=error"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | {"statusCode":400,"message":"No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId."}
          400 | {"error":"invalid_request","error_description":"Identity not found"}
          403 | <html>Forbidden</html>
          401 | wrong IDENTITY_HEADER
          """)
  void identityNotAssigned_isDeniedForTheVideoService(int status, String words) {
    identity.answer(status, words);
    try (Deployment courier =
        start(stack -> stack.setting("AZURE_CLIENT_ID", UUID.randomUUID().toString()))) {
      SimulatedJob waiting = courier.simulator().sora1Job().add();
      courier.enqueue(waiting.id());
      assertThat(courier.awaitLine(waiting.id(), "event=denied"))
          .contains(" ERROR ", "Assign that identity");
      JsonNode message = outcomeAtTheDeadline(courier);

      assertThat(message.path("reason").asText()).isEqualTo("access-denied");
      assertThat(message.path("message").asText())
          .contains("Assign that identity", "AZURE_CLIENT_ID");
      assertThat(courier.simulator().requests()).isEmpty();
      assertNoError(courier);
      identity.answer(200, "{\"access_token\":\"%s\",\"expires_on\":4102444800}");
      courier.simulator().acceptToken(TOKEN);
      assertThat(courier.outcome(waiting.id()).path("status").asText()).isEqualTo("copied");
    }
  }

  @Test
  void refusalWithTokensOfAnyName_isQuotedWithoutThem() {
    String token = "eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJ0ZXN0cyJ9.bm90LWEtc2lnbmF0dXJl";
    try (Deployment courier = start(stack -> stack).secret(token)) {
      for (String words :
          List.of(
              "{\"refresh_token\":\"%1$s\",\"id_token\":\"%1$s\"}",
              "{\"token\":\"%1$s\"}",
              "token: %1$s",
              "{\"client_secret\":\"a-secret of nobody\",\"got\":[\"%1$s\"]}")) {
        for (int status : new int[] {400, 500}) {
          identity.answer(status, words.formatted(token));

          assertThat(outcomeAtTheDeadline(courier).path("message").asText())
              .contains(status + " ", "…")
              .doesNotContain("eyJ", "a-secret");
        }
      }
      assertThat(courier.stack().handlerLines())
          .noneMatch(line -> line.contains("eyJ") || line.contains("a-secret"));
      assertThat(courier.simulator().requests()).isEmpty();
    }
  }

  @Test
  void identityNotAssigned_isDeniedForTheStorage() {
    identity.answer(400, NOT_ASSIGNED);
    StorageAccount account = Azurite.shared().freshAccount();
    StorageProxy queues = StorageProxy.before(account.queueEndpoint());
    try (StorageProxy blobs = StorageProxy.before(account.blobEndpoint());
        Deployment courier =
            Deployment.start(
                    account,
                    queues,
                    stack ->
                        identity
                            .on(stack)
                            .setting("VideoStorage", null)
                            .setting("VideoStorage__blobServiceUri", blobs.endpoint().toString())
                            .setting("VideoStorage__queueServiceUri", queues.endpoint().toString())
                            .setting("VideoStorage__credential", "managedidentity")
                            .setting("VideoStorage__clientId", UUID.randomUUID().toString()))
                .secret(identity.header())
                .expectFailedInvocations()) {
      SimulatedJob job =
          courier.simulator().sora1Job().expiresAt(Instant.now().plus(Deployment.NO_TIME)).add();
      courier.enqueue(job.id());
      JsonNode message = courier.outcome(job.id());

      assertThat(message.path("reason").asText())
          .as(message.toString())
          .isEqualTo("storage-denied");
      assertThat(message.path("message").asText()).contains("VideoStorage__clientId");
      assertThat(courier.awaitLine(job.id(), "event=denied")).contains(" ERROR ");
      assertThat(blobs.seen()).isEmpty();

      SimulatedJob running = courier.simulator().sora1Job().statuses("running").add();
      courier.enqueue(running.id());
      assertThat(courier.awaitLine(running.id(), "event=denied")).contains(" ERROR ");
      assertThat(queues.seen()).isEmpty();
      assertNoError(courier);
      identity.answer(500, "");
      courier.stack().jobs().clear();
    }
  }

  private static void assertNoError(Deployment courier) {
    assertThat(courier.stack().handlerLines())
        .noneMatch(line -> line.contains("event=error") || line.startsWith("\tat "));
  }

  /** Of a job whose time is nearly over. */
  private static JsonNode outcomeAtTheDeadline(Deployment courier) {
    String id = Ids.video(Instant.now());
    courier.enqueue(id, Deployment.NO_TIME);
    return courier.outcome(id);
  }

  private Deployment start(UnaryOperator<LocalStack.Builder> options) {
    return Deployment.start(
            stack -> options.apply(identity.on(stack).setting("AZURE_OPENAI_API_KEY", null)))
        .secret(TOKEN)
        .secret(identity.header());
  }
}
