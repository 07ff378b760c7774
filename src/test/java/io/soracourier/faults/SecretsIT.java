package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.e2e.IdentityServer;
import io.soracourier.e2e.PutBack;
import io.soracourier.faults.EchoServer.Mode;
import io.soracourier.local.Azurite;
import io.soracourier.local.LocalStack;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.simulator.Ids;
import io.soracourier.text.Encodings;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that repeat what they were sent, in their errors and everywhere else. */
class SecretsIT {
  /** The lengths at which the courier cuts the words of others, and the windows that it reads. */
  private static final List<Integer> CUTS =
      List.of(60, 80, 200, 300, 500, 800, 2_000, 4_096, 8_192);

  private final EchoServer service = new EchoServer();
  private final List<String> answers = new ArrayList<>();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void serversThatRepeatWhatTheyWereSent_areQuotedWithoutAnySecret() throws Exception {
    StorageAccount account = Azurite.shared().freshAccount();
    String sas = account.sharedAccessSignature();
    String signature = sas.replaceFirst(".*(?:^|&)sig=([^&]*).*", "$1");
    StorageProxy queues = StorageProxy.before(account.queueEndpoint());
    try (StorageProxy blobs = StorageProxy.before(account.blobEndpoint());
        Deployment courier =
            Deployment.start(
                    account,
                    queues,
                    stack ->
                        echoing(stack)
                            .setting("COURIER_STORAGE_RETRY_COUNT", "0")
                            .setting("AZURE_OPENAI_API_KEY", PlantedSecrets.API_KEY)
                            .setting(
                                "VideoStorage",
                                "BlobEndpoint=%s;QueueEndpoint=%s;SharedAccessSignature=%s"
                                    .formatted(blobs.endpoint(), queues.endpoint(), sas)))
                .expectFailedInvocations()) {
      String decoded = URLDecoder.decode(signature, StandardCharsets.UTF_8);
      Set<String> secrets = Set.of(PlantedSecrets.API_KEY, decoded, courier.host().functionKey());

      assertEveryModeIsReported(courier, PlantedSecrets.API_KEY);
      assertDiagnosed(courier);
      assertStorageIsQuoted(courier, blobs, queues, decoded);

      assertNowhere(courier, secrets);
    }
  }

  @Test
  void identityEndpointThatRepeatsWhatItWasSent_isQuotedWithoutAnySecret() throws Exception {
    try (IdentityServer identity =
            new IdentityServer(resource -> PlantedSecrets.TOKEN, PlantedSecrets.IDENTITY_HEADER);
        Deployment courier =
            Deployment.start(
                stack -> identity.on(echoing(stack)).setting("AZURE_OPENAI_API_KEY", null))) {
      assertEveryModeIsReported(courier, PlantedSecrets.TOKEN);
      assertDiagnosed(courier);

      assertNowhere(
          courier,
          Set.of(
              PlantedSecrets.TOKEN,
              PlantedSecrets.IDENTITY_HEADER,
              courier.stack().account().key()));
    }
    for (int status : new int[] {400, 500}) {
      try (IdentityServer identity =
              new IdentityServer(resource -> PlantedSecrets.TOKEN, PlantedSecrets.IDENTITY_HEADER);
          Deployment courier =
              Deployment.start(
                  stack -> identity.on(echoing(stack)).setting("AZURE_OPENAI_API_KEY", null))) {
        List<String> jobs = new ArrayList<>();
        for (String form : Encodings.of(PlantedSecrets.IDENTITY_HEADER)) {
          identity.answer(status, "-".repeat(290) + form + " token=%s " + form);
          String id = Ids.video(Instant.now());
          courier.enqueue(id, Deployment.NO_TIME);
          assertThat(courier.outcome(id).path("message").asText()).contains("---", "…");
          jobs.add(id);
        }

        assertThat(jobs).isNotEmpty();
        assertNowhere(courier, Set.of(PlantedSecrets.TOKEN, PlantedSecrets.IDENTITY_HEADER));
      }
    }
  }

  @Test
  void idsAndCorrelationId_stayAsTheyAreThoughTheyContainAKey() {
    String key = "planted-key_in_an-id_0123";
    String id = EchoServer.id(Mode.RETIRED, 0, 0) + "-" + key;
    String succeeded = EchoServer.id(Mode.CONTENT_RETIRED, 0, 0) + "-" + key;
    String video = EchoServer.id(Mode.VIDEO, 0, 0) + "-" + key;
    try (Deployment courier =
        Deployment.start(stack -> echoing(stack).setting("AZURE_OPENAI_API_KEY", key))) {
      for (String job : List.of(id, succeeded, video, key)) {
        courier.enqueue(
            "{\"jobId\":\"%s\",\"correlationId\":{\"order\":\"%s\",\"sig\":\"sig=%s\"}}"
                .formatted(job, key, key));
      }

      assertIntact(courier, id, key, "GET /openai/v1/videos/" + id + " returned 410: … GET");
      assertIntact(
          courier,
          succeeded,
          key,
          "/openai/v1/videos/" + succeeded + "/content returned 410: … GET");
      assertIntact(courier, key, key, "there is no job " + key + " at this server");
      JsonNode copied = courier.outcome(video);
      assertThat(copied.path("generationId").asText()).isEqualTo(video);
      assertThat(copied.path("blobUrl").asText()).endsWith("/videos/" + video + ".mp4");
      assertThat(courier.linesOf(video))
          .anyMatch(line -> line.contains("jobId=" + video + " ") && line.contains(video + ".mp4"));
    }
  }

  private static void assertIntact(Deployment courier, String id, String key, String words) {
    JsonNode message = courier.outcome(id);
    assertThat(message.path("jobId").asText()).isEqualTo(id);
    assertThat(message.path("correlationId").path("order").asText()).isEqualTo(key);
    assertThat(message.path("correlationId").path("sig").asText()).isEqualTo("sig=" + key);
    assertThat(message.path("message").asText()).contains(words);
    assertThat(message.path("attempts").path(0).path("error").asText())
        .doesNotContain("key: [" + key);
    assertThat(courier.linesOf(" jobId=" + id + " "))
        .isNotEmpty()
        .allMatch(line -> line.contains("\\\"sig=" + key + "\\\""));
  }

  private LocalStack.Builder echoing(LocalStack.Builder stack) {
    return stack
        .withoutSimulator()
        .setting("AZURE_OPENAI_ENDPOINT", service.endpoint() + "/openai/v1")
        .setting("COURIER_GRACE", "0s")
        .setting("COURIER_CONTENT_GRACE", "0s")
        .setting("COURIER_SORA_RETRY_COUNT", "0")
        .setting("COURIER_SORA_CIRCUIT_CALLS", "10000");
  }

  /** Every mode, and every form of the secret at the edge of every cut. */
  private void assertEveryModeIsReported(Deployment courier, String secret) {
    Set<String> ids = new LinkedHashSet<>();
    List<String> forms = List.copyOf(Encodings.of(secret));
    for (int form = 0; form < forms.size(); form++) {
      for (int cut : CUTS) {
        int before = cut - forms.get(form).length() / 2;
        Mode mode =
            List.of(Mode.RETIRED, Mode.REJECTED, Mode.FAILED, Mode.CONTENT_RETIRED)
                .get((form + cut) % 4);
        ids.add(EchoServer.id(mode, form, Math.max(0, before)));
      }
      for (Mode mode : Mode.values()) {
        if (mode != Mode.VIDEO && mode != Mode.KEYS) {
          ids.add(EchoServer.id(mode, form, form % 70));
        }
      }
    }
    ids.forEach(courier::enqueue);
    for (String id : ids) {
      JsonNode message = courier.outcome(id);
      assertThat(message.path("status").asText()).as(id).isEqualTo("failed");
    }
  }

  private void assertDiagnosed(Deployment courier) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    for (Mode mode : Mode.values()) {
      for (int form = 0; form < 40; form += 3) {
        String url =
            courier.host().url() + "/api/diagnose/" + EchoServer.id(mode, form, 500 - 7 * form);
        for (String type : List.of("text/html", "application/json")) {
          HttpRequest.Builder request =
              form % 2 == 0
                  ? HttpRequest.newBuilder(
                      URI.create(url + "?code=" + courier.host().functionKey()))
                  : HttpRequest.newBuilder(URI.create(url))
                      .header("X-Functions-Key", courier.host().functionKey());
          var answer = client.send(request.header("Accept", type).build(), BodyHandlers.ofString());
          assertThat(answer.statusCode()).isEqualTo(200);
          answers.add(answer.body() + answer.headers().map());
        }
      }
    }
    assertThat(answers).anyMatch(answer -> answer.contains("curl -sS"));
  }

  private static void assertStorageIsQuoted(
      Deployment courier, StorageProxy blobs, StorageProxy queues, String signature) {
    List<String> forms = List.copyOf(Encodings.of(signature));
    for (int form = 0; form < forms.size(); form++) {
      String before = "-".repeat(200 - forms.get(form).length() / 2 % 200) + forms.get(form);
      int status = List.of(400, 401, 403, 409, 500).get(form % 5);
      StorageProxy.Rule rule =
          form % 2 == 0
              ? blobs.failAlways(
                  StorageProxy.Seen::isGetProperties, StorageFault.echo(status, before))
              : blobs.failAlways(StorageProxy.Seen::isPutBlob, StorageFault.echo(status, before));
      String id = EchoServer.id(Mode.VIDEO, form, 0);
      courier.enqueue(id, Deployment.NO_TIME);
      assertThat(courier.outcome(id).path("status").asText()).isEqualTo("failed");
      rule.end();
    }
    queues.fail(StorageProxy.Seen::isPutMessage, StorageFault.echo(403, signature));
    queues.fail(StorageProxy.Seen::isPutMessage, StorageFault.echo(500, signature));
    String waiting = EchoServer.id(Mode.DENIED, 1, 0);
    courier.enqueue(waiting);
    assertThat(courier.outcome(waiting).path("status").asText()).isEqualTo("failed");
    assertThat(courier.linesOf(waiting)).anyMatch(line -> line.contains("Put Message"));
  }

  private void assertNowhere(Deployment courier, Set<String> secrets) {
    courier.stack().awaitIdle(Deployment.IN_TIME);
    List<String> written = new ArrayList<>(courier.stack().handlerLines());
    written.addAll(courier.stack().videos().taken());
    written.addAll(answers);
    courier.putBacks().stream().map(PutBack::text).forEach(written::add);
    courier.stack().invocations().stream()
        .flatMap(done -> Stream.concat(done.logs().stream(), Stream.of(done.detail())))
        .forEach(written::add);
    assertThat(written).hasSizeGreaterThan(50);
    for (String secret : secrets) {
      Set<String> forms = Encodings.of(secret);
      forms.add(secret.substring(0, 8));
      for (String form : forms) {
        // Not "doesNotContain": its failure would write what must not be written.
        assertThat(written.stream().filter(text -> text.contains(form)).count())
            .as("texts with a form of a secret of %d characters".formatted(secret.length()))
            .isZero();
      }
    }
  }
}
