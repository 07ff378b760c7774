package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.ScriptedHandler.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTriggerIT {
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

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(host.url() + path));
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
}
