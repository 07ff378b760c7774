package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.ScriptedHandler.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A local host that asks for no key, as that of {@code mvn -Plocal}. */
class KeylessHostIT {
  private static final String FUNCTION =
      """
      {"bindings":[
        {"type":"httpTrigger","direction":"in","name":"req","authLevel":"function",
         "methods":["get","post"],"route":"jobs"},
        {"type":"http","direction":"out","name":"res"}]}
      """;

  private static final ScriptedHandler HANDLER = new ScriptedHandler();

  @TempDir static Path folder;
  private static FunctionsHost host;

  @BeforeAll
  static void start() throws IOException {
    HANDLER.answer(
        request -> Answer.json("{\"Outputs\":{\"res\":{\"statusCode\":202,\"body\":\"\"}}}"));
    LocalCalls calls =
        request ->
            request.rawPath().equals("/local/state")
                ? Optional.of(HttpResult.own(200, "text/plain", new byte[] {'!'}))
                : Optional.empty();
    host =
        FunctionsHost.builder(ScriptedHandler.writeApp(folder, FUNCTION))
            .setting(RelayHandler.TARGET, HANDLER.url())
            .withoutKey(calls)
            .start();
  }

  @AfterAll
  static void stop() {
    host.close();
    HANDLER.close();
  }

  /** The response's head and body, as they come. */
  private static String send(String method, String path, String... headers) throws IOException {
    int port = URI.create(host.url()).getPort();
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\n"
            + String.join("\r\n", headers).replace("{port}", "" + port);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: 127.0.0.1:{port}",
        "Host: localhost:{port}",
        "Host: localhost:{port}\r\nOrigin: http://localhost:{port}\r\nSec-Fetch-Site: same-origin",
        "Host: 127.0.0.1:{port}\r\nx-functions-key: any",
        "Host: 127.0.0.1:{port}\r\nSec-Fetch-Site: none"
      })
  void programsAndOwnPages_reachFunctionsAndCallsWithoutAKey(String headers) throws IOException {
    int reached = HANDLER.requests().entries().size();
    assertThat(send("POST", "/api/jobs", headers)).startsWith("HTTP/1.1 202 ");
    assertThat(send("GET", "/local/state", headers))
        .startsWith("HTTP/1.1 200 ")
        .contains("Cache-control: no-store", "X-content-type-options: nosniff")
        .endsWith("!");
    assertThat(HANDLER.requests().entries()).hasSize(reached + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example:{port}",
        "Host: evil.example:{port}\r\nOrigin: http://evil.example:{port}",
        "Host: localhost:{port}\r\nOrigin: https://evil.example",
        "Host: localhost:{port}\r\nOrigin: null",
        "Host: localhost:{port}\r\nSec-Fetch-Site: cross-site",
        "Host: localhost:{port}\r\nHost: evil.example"
      })
  void otherPages_reachNeither(String headers) throws IOException {
    int reached = HANDLER.requests().entries().size();
    for (String call : new String[] {"POST /api/jobs", "GET /local/state", "OPTIONS /api/jobs"}) {
      String response = send(call.split(" ")[0], call.split(" ")[1], headers);

      assertThat(response)
          .startsWith("HTTP/1.1 403 ")
          .contains("application/problem+json")
          .doesNotContainIgnoringCase("Access-Control");
      JsonNode problem =
          Payload.JSON.readTree(response.substring(response.indexOf("\r\n\r\n") + 4));
      assertThat(problem.path("detail").asText()).contains("asks for no key");
    }
    assertThat(HANDLER.requests().entries()).hasSize(reached);
  }

  @Test
  void pathOfNobody_isNotFound() throws IOException {
    assertThat(send("GET", "/local/other", "Host: localhost:{port}")).startsWith("HTTP/1.1 404 ");
  }
}
