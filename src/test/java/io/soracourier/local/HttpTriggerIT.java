package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.ScriptedHandler.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP triggers of the local host, invoked and forwarded, as the real one was seen to do it. */
@Execution(ExecutionMode.SAME_THREAD)
class HttpTriggerIT {
  private static final String FORWARDING =
      "AzureFunctionsJobHost__customHandler__enableForwardingHttpRequest";

  private static final String FUNCTION =
      """
      {"bindings":[
        {"type":"httpTrigger","direction":"in","name":"req","authLevel":"function",
         "methods":["get","post"],"route":"jobs/{id}"},
        {"type":"http","direction":"out","name":"res"}]}
      """;

  @TempDir Path folder;
  private final ScriptedHandler handler = new ScriptedHandler();
  private final HttpClient client = HttpClient.newHttpClient();
  private FunctionsHost host;

  @AfterEach
  void stop() {
    host.close();
    handler.close();
  }

  private void start(String functionJson) throws IOException {
    host =
        FunctionsHost.builder(ScriptedHandler.writeApp(folder, functionJson))
            .setting(RelayHandler.TARGET, handler.url())
            .start();
  }

  private void startForwarding(String functionJson) throws IOException {
    host =
        FunctionsHost.builder(ScriptedHandler.writeApp(folder, functionJson))
            .setting(RelayHandler.TARGET, handler.url())
            .setting(FORWARDING, "true")
            .start();
  }

  private HttpResponse<byte[]> exchange(String method, String path) throws Exception {
    return client.send(
        request(path)
            .header("x-functions-key", host.functionKey())
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private ScriptedHandler.Request forwarded() {
    return handler.requests().entries().get(0);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(host.url() + path));
  }

  /** Where a key is wanted nothing is served but the functions. */
  @Test
  void pathsOfTheLocalRun_areNotFound() throws Exception {
    start(FUNCTION);

    for (String path : List.of("/local/state", "/local/panel.js", "/api/local/state")) {
      assertThat(exchange("GET", path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(handler.requests().entries()).isEmpty();
  }

  @Test
  void request_reachesTheHandlerAsAnObject() throws Exception {
    handler.answer(
        request ->
            Answer.json(
                "{\"Outputs\":{\"res\":{\"statusCode\":201,\"body\":{\"a\":1},"
                    + "\"headers\":{\"Content-Type\":\"application/json\",\"X-Job\":\"7\"}}}}"));
    start(FUNCTION);

    HttpResponse<String> response =
        send(
            request("/api/jobs/task%201?verbose=1&code=" + host.functionKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"x\":1}")));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("{\n  \"a\": 1\n}");
    assertThat(response.headers().firstValue("X-Job")).contains("7");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    ScriptedHandler.Request asked = handler.requests().entries().get(0);
    var req = asked.body().at("/Data/req");
    assertThat(req.path("Method").textValue()).isEqualTo("POST");
    assertThat(req.path("Url").textValue()).startsWith(host.url() + "/api/jobs/task%201?verbose=1");
    assertThat(req.at("/Params/id").textValue()).isEqualTo("task 1");
    assertThat(req.at("/Query/verbose").textValue()).isEqualTo("1");
    assertThat(req.path("Headers").properties())
        .anySatisfy(
            header -> {
              assertThat(header.getKey()).isEqualToIgnoringCase("content-type");
              assertThat(header.getValue().get(0).textValue()).isEqualTo("application/json");
            });
    assertThat(req.path("Identities").isArray()).isTrue();
    assertThat(req.path("Body").textValue()).isEqualTo("{\"x\":1}");
    assertThat(asked.body().at("/Metadata/id").textValue()).isEqualTo("\"task 1\"");
    assertThat(host.invocations().entries())
        .extracting(Invocation::outcome)
        .isEqualTo(List.of(Outcome.SUCCEEDED));
  }

  @Test
  void escapedSlashInAPath_staysAsItIs() throws Exception {
    start(FUNCTION.replace("\"function\"", "\"anonymous\""));

    assertThat(send(request("/api/jobs/a%2Fb%2fc%20d")).statusCode()).isEqualTo(200);
    assertThat(handler.requests().entries().get(0).body().at("/Data/req/Params/id").textValue())
        .isEqualTo("a%2Fb%2fc d");
  }

  @Test
  void requestWithoutTheKey_isRefusedAndNothingInvoked() throws Exception {
    start(FUNCTION);

    assertThat(send(request("/api/jobs/1")).statusCode()).isEqualTo(401);
    assertThat(send(request("/api/jobs/1?code=wrong")).statusCode()).isEqualTo(401);
    assertThat(send(request("/api/jobs/1").header("x-functions-key", host.functionKey())))
        .returns(200, HttpResponse::statusCode);
    assertThat(handler.requests().entries()).hasSize(1);
  }

  @Test
  void anonymousFunction_needsNoKey() throws Exception {
    handler.answer(request -> Answer.json("{\"ReturnValue\":{\"status\":202,\"body\":\"later\"}}"));
    start(
        FUNCTION
            .replace("\"function\"", "\"anonymous\"")
            .replace("\"name\":\"res\"", "\"name\":\"$return\""));

    HttpResponse<String> response = send(request("/api/jobs/1"));
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("later");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
  }

  @Test
  void otherRouteOrMethod_isNotFound() throws Exception {
    start(FUNCTION);

    assertThat(send(request("/api/jobs")).statusCode()).isEqualTo(404);
    assertThat(send(request("/jobs/1")).statusCode()).isEqualTo(404);
    assertThat(send(request("/api/jobs/1").DELETE()).statusCode()).isEqualTo(404);
  }

  @Test
  void failingHandler_is500() throws Exception {
    handler.answer(request -> Answer.status(500));
    start(FUNCTION.replace("\"function\"", "\"anonymous\""));

    assertThat(send(request("/api/jobs/1")).statusCode()).isEqualTo(500);
  }

  // Forwarded

  @Test
  void forwardedRequest_arrivesAsItWasSentWithTheHostsHeaders() throws Exception {
    startForwarding(FUNCTION);
    byte[] body = {0, 1, (byte) 0xFF, '{'};

    send(
        request("/api/jobs/a%3Ab?x=1&x=2&y=a+b&code=" + host.functionKey())
            .header("Content-Type", "application/octet-stream")
            .header("Content-Encoding", "identity")
            .header("Expires", "0")
            .header("Cookie", "a=b")
            .header("User-Agent", "curl/8")
            .header("X-Azure-Functions-InvocationId", "mine")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));

    assertThat(forwarded().method()).isEqualTo("POST");
    assertThat(forwarded().target())
        .isEqualTo("/api/jobs/a:b?x=1,2&y=a%20b&code=" + host.functionKey());
    assertThat(forwarded().bytes()).isEqualTo(body);
    Invocation invocation = host.invocations().entries().get(0);
    assertThat(forwarded().headers())
        .containsEntry("host", host.url().substring("http://".length()))
        .containsEntry("cookie", "a=b")
        .containsEntry("content-type", "application/octet-stream")
        .containsEntry("content-length", "4")
        .containsEntry("user-agent", "curl/8 Azure-Functions-Host/4.1037.0.0")
        .containsEntry("x-azure-functions-hostversion", "4.1037.0.0")
        .containsEntry("x-azure-functions-invocationid", "mine, " + invocation.id())
        .doesNotContainKeys("content-encoding", "expires");
    assertThat(invocation.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(invocation.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/jobs/..%5Cx, /api/x",
    "/api/jobs/..%5C..%5CWork, /Work",
    "/api/jobs/%252e%252e%5Cx, /api/x",
    "/api/jobs/a%253Ab, /api/jobs/a%3Ab",
    "/api/jobs/a%2Fb, /api/jobs/a%2Fb",
    "/API/Jobs/a, /API/Jobs/a",
    "/api/x/%2e%2e/jobs/a/, /api/jobs/a/"
  })
  void forwardedPath_isBuiltAgainAfterRoutingAndKeys(String path, String arrives) throws Exception {
    startForwarding(FUNCTION);

    assertThat(send(request(path)).statusCode()).isEqualTo(401);
    assertThat(exchange("GET", path).statusCode()).isEqualTo(200);

    assertThat(handler.requests().entries()).hasSize(1);
    assertThat(forwarded().target()).isEqualTo(arrives);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/jobs//a", "/api/jobs/a/b", "/jobs/a", "//api/jobs/a", "/api/jobs/"})
  void pathOfNoRoute_isNotForwarded(String path) throws Exception {
    startForwarding(FUNCTION);

    assertThat(exchange("GET", path).statusCode()).isEqualTo(404);
    assertThat(exchange("GET", "/api/jobs/%00").statusCode()).isEqualTo(400);
    assertThat(exchange("GET", "/api/jobs/" + "x".repeat(8192)).statusCode()).isEqualTo(414);
    assertThat(handler.requests().entries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 302, 400, 404, 500, 503})
  void response_passesWhole(int status) throws Exception {
    byte[] body = new byte[300_000];
    new Random(status).nextBytes(body);
    handler.answer(
        request ->
            Answer.of(
                status,
                "video/mp4",
                body,
                Map.of("Set-Cookie", "a=1|b=2", "Location", "/elsewhere", "Retry-After", "7")));
    startForwarding(FUNCTION);

    HttpResponse<byte[]> response = exchange("GET", "/api/jobs/1");

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(response.headers().firstValue("Location")).contains("/elsewhere");
    assertThat(response.headers().firstValue("Retry-After")).contains("7");
    assertThat(response.headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(handler.requests().entries()).hasSize(1);
  }

  @Test
  void responseWithoutContent_passes() throws Exception {
    handler.answer(request -> Answer.of(204, null, new byte[0], Map.of("ETag", "x")));
    startForwarding(FUNCTION);

    HttpResponse<byte[]> response = exchange("GET", "/api/jobs/1");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("ETag")).contains("x");
  }

  @Test
  void closedConnection_is500AndAFailure() throws Exception {
    handler.answer(request -> Answer.cut());
    startForwarding(FUNCTION);

    assertThat(exchange("GET", "/api/jobs/1").statusCode()).isEqualTo(500);
    assertThat(host.invocations().entries())
        .extracting(Invocation::outcome)
        .containsExactly(Outcome.FAILED);
  }

  @Test
  void bodyWithoutALength_is500AndNotForwarded() throws Exception {
    startForwarding(FUNCTION);

    assertThat(
            send(request("/api/jobs/1")
                    .header("x-functions-key", host.functionKey())
                    .POST(
                        HttpRequest.BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream(new byte[] {1}))))
                .statusCode())
        .isEqualTo(500);
    assertThat(handler.requests().entries()).isEmpty();
  }

  @Test
  void functionWithAnotherOutput_isInvoked() throws Exception {
    startForwarding(
        FUNCTION.replace(
            "{\"type\":\"http\"",
            "{\"type\":\"blob\",\"direction\":\"out\",\"name\":\"q\",\"path\":\"a/b\"},"
                + "{\"type\":\"http\""));

    exchange("GET", "/api/jobs/1");

    assertThat(forwarded().method()).isEqualTo("POST");
    assertThat(forwarded().target()).isEqualTo("/Work");
    assertThat(forwarded().body().at("/Data/req/Params/id").textValue()).isEqualTo("1");
  }

  @Test
  void functionWithoutTheOutput_isInvoked() throws Exception {
    startForwarding(FUNCTION.replaceFirst(",\\s*\\{\"type\":\"http\"[^}]*\\}", ""));

    exchange("GET", "/api/jobs/1");

    assertThat(forwarded().target()).isEqualTo("/Work");
  }
}
