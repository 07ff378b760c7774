package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.api.Caller;
import io.soracourier.local.Azurite;
import io.soracourier.local.BearerToken;
import io.soracourier.local.LocalStack;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.ThrowAwayCertificate;
import io.soracourier.simulator.SimulatedJob;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** The other ways to the storage than an account's key, with which all other tests go. */
class StorageAccessIT {

  @Test
  void sharedAccessSignature_isEnoughForAWholeDelivery() {
    StorageAccount account = Azurite.shared().freshAccount();
    StorageProxy queues = StorageProxy.before(account.queueEndpoint());
    String sas = account.sharedAccessSignature();
    String connection =
        "BlobEndpoint=%s;QueueEndpoint=%s;TableEndpoint=%s;SharedAccessSignature=%s"
            .formatted(account.blobEndpoint(), queues.endpoint(), account.tableEndpoint(), sas);
    try (Deployment courier =
        Deployment.start(
            account,
            queues,
            builder -> builder.setting("VideoStorage", connection).withoutContainer())) {
      courier.secret(sas.replaceFirst(".*(?:^|&)sig=([^&]*).*", "$1"));

      JsonNode message = deliver(courier);

      assertThat(message.path("blobUrl").asText()).startsWith(account.blobEndpoint());
      assertThat(queues.seen())
          .isNotEmpty()
          .allSatisfy(request -> assertThat(request.query()).endsWith(sas))
          .allSatisfy(request -> assertThat(request.authorization()).isNull());
      Caller caller = new Caller(courier.host());
      String generation = message.path("generationId").asText();
      assertThat(caller.awaitState(message.path("jobId").asText(), "copied").path("looks").asInt())
          .isEqualTo(2);
      HttpResponse<String> refused = caller.get("/api/videos/" + generation);
      assertThat(refused.statusCode()).isEqualTo(501);
      assertThat(Caller.json(refused).path("detail").asText())
          .contains("shared access signature", "managed identity");
    }
  }

  @Test
  void managedIdentity_isEnoughForAWholeDelivery() throws GeneralSecurityException, IOException {
    ThrowAwayCertificate certificate = ThrowAwayCertificate.temporary();
    SSLContext trust = certificate.context();
    String token = BearerToken.forStorage(Instant.now(), Duration.ofHours(1));
    // And it verifies that the courier asks for a version of the service that exists.
    try (Azurite azurite = Azurite.builder().bearerTokens(certificate).knownVersions().start();
        IdentityServer identity = new IdentityServer(resource -> token)) {
      StorageAccount account = azurite.freshAccount();
      try (StorageProxy blobs = StorageProxy.before(account.blobEndpoint(), trust);
          StorageProxy tables = StorageProxy.before(account.tableEndpoint(), trust);
          StorageProxy hostsQueues = StorageProxy.before(account.queueEndpoint(), trust)) {
        StorageProxy queues = StorageProxy.before(account.queueEndpoint(), trust);
        StorageAccount tapped =
            account.at(blobs.endpoint().toString(), hostsQueues.endpoint().toString());
        UnaryOperator<LocalStack.Builder> options =
            builder ->
                identity
                    .on(builder)
                    .withoutContainer()
                    .setting("VideoStorage", null)
                    .setting("VideoStorage__blobServiceUri", blobs.endpoint().toString())
                    .setting("VideoStorage__queueServiceUri", queues.endpoint().toString())
                    .setting("VideoStorage__tableServiceUri", tables.endpoint().toString())
                    .setting("VideoStorage__credential", "managedidentity");
        try (Deployment courier = Deployment.start(tapped, queues, options)) {
          courier.secret(token).secret(identity.header());

          JsonNode message = deliver(courier);

          assertThat(message.path("blobUrl").asText()).startsWith(blobs.endpoint().toString());
          assertThat(identity.resources()).containsExactly("https://storage.azure.com");
          assertThat(queues.seen())
              .isNotEmpty()
              .allSatisfy(
                  request -> assertThat(request.authorization()).isEqualTo("Bearer " + token));
          assertThat(tables.seen())
              .isNotEmpty()
              .allSatisfy(
                  request -> assertThat(request.authorization()).isEqualTo("Bearer " + token));
          Caller caller = new Caller(courier.host());
          caller.awaitState(message.path("jobId").asText(), "copied");
          assertPlayable(caller.get("/api/videos/" + message.path("generationId").asText()));
          StorageProxy.Rule noRole =
              blobs.failAlways(
                  seen -> seen.query().contains("userdelegationkey"),
                  StorageFault.answer(403, "AuthorizationPermissionMismatch"));
          // The key that was given is kept.
          assertPlayable(caller.get("/api/videos/" + message.path("generationId").asText()));
          noRole.end();
        }
      }
    }
  }

  private static void assertPlayable(HttpResponse<String> redirect) {
    assertThat(redirect.statusCode()).as(redirect.body()).isEqualTo(302);
    URI link = URI.create(redirect.headers().firstValue("Location").orElseThrow());
    try {
      HttpResponse<String> part =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(link).header("Range", "bytes=4-7").build(),
                  BodyHandlers.ofString());
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo("ftyp");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A job that goes back once, so that both services are asked. */
  private static JsonNode deliver(Deployment courier) {
    SimulatedJob job = courier.simulator().sora1Job().statuses("running", "succeeded").add();
    courier.enqueue(job.id());
    JsonNode message = courier.outcome(job.id());
    assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
    assertThat(message.path("looks").asInt()).isEqualTo(2);
    assertThat(courier.stack().blob(job.generationId() + ".mp4").md5OfContent())
        .isEqualTo(job.video().md5Base64());
    return message;
  }
}
