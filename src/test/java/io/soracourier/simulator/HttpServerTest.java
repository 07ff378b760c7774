package io.soracourier.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.ThrowAwayCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {

  @Test
  void oneConnection_servesManyRequests() throws IOException {
    try (SoraSimulator simulator = SoraSimulator.start();
        RawClient raw = new RawClient(simulator)) {
      for (int i = 0; i < 3; i++) {
        String head = raw.get("/nothing").head();
        assertThat(head).startsWith("HTTP/1.1 404 Not Found\r\n").doesNotContain("Connection");
        int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
        assertThat(raw.in().readNBytes(length)).hasSize(length);
      }
      assertThat(simulator.requests()).hasSize(3);
    }
  }

  @Test
  void connectionClose_isHonoured() throws IOException {
    try (SoraSimulator simulator = SoraSimulator.start();
        RawClient raw = new RawClient(simulator)) {
      raw.get("/nothing HTTP/1.1\r\nConnection: close\r\nX:");
      assertThat(new String(raw.rest(), StandardCharsets.UTF_8)).contains("Resource not found");
    }
  }

  @Test
  void chunkedRequestAndExpect_areRead() throws IOException {
    try (SoraSimulator simulator = SoraSimulator.sink()) {
      SimulatorClient client = new SimulatorClient(simulator);
      InputStream body = new ByteArrayInputStream(new byte[100_000]);

      client.send(
          client.to("/chunked").POST(BodyPublishers.ofInputStream(() -> body)),
          BodyHandlers.discarding());
      client.send(
          client.to("/expect").expectContinue(true).POST(BodyPublishers.ofString("after all")),
          BodyHandlers.discarding());

      assertThat(simulator.requests().get(0).header("Transfer-Encoding")).contains("chunked");
      assertThat(simulator.requests().get(0).body()).hasSize(100_000);
      assertThat(simulator.requests().get(1).body()).asString().isEqualTo("after all");
    }
  }

  @Test
  void garbage_endsTheConnectionOnly() throws IOException {
    try (SoraSimulator simulator = SoraSimulator.sink()) {
      try (RawClient raw = new RawClient(simulator)) {
        raw.get("/ two many words HTTP/2\r\n\r\n");
        assertThat(raw.in().read()).isNegative();
      }
      assertThat(new SimulatorClient(simulator).get("/").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void https_isServedWithItsOwnCertificate(@TempDir Path directory) throws Exception {
    ThrowAwayCertificate certificate = ThrowAwayCertificate.in(directory);
    HttpClient client = HttpClient.newBuilder().sslContext(certificate.context()).build();
    try (SoraSimulator simulator =
        SoraSimulator.start(SimulatorOptions.defaults().withTls(certificate.context()))) {
      simulator.on("GET", "/v.mp4").anonymous().always(Fault.video(Mp4.genuine()));

      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(simulator.uri("/v.mp4")).build(), BodyHandlers.ofByteArray());

      assertThat(answer.uri()).hasScheme("https");
      assertThat(answer.body()).isEqualTo(Mp4.genuine().bytes());
      assertThat(certificate.trustStore()).isRegularFile();
    }
  }
}
