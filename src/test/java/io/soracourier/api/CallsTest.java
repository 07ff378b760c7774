package io.soracourier.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.courier.RecordCollector;
import io.soracourier.lifecycle.ScriptedShutdown;
import io.soracourier.lifecycle.Shutdown;
import io.soracourier.sora.SimulatedServiceProfile;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all calls below {@code /api}, as the host forwards them. */
@QuarkusTest
@TestProfile(SimulatedServiceProfile.class)
class CallsTest {
  private static final String KEY = "x-functions-key: the-key-of-the-caller";

  @TestHTTPResource URI handler;

  // What goes wrong

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/",
        "/api/nothing",
        "/api/nothing/at/all",
        "/api/diagnose",
        "/api/diagnose/",
        "/api/diagnose/a/b",
        "/api/diagnose/../nothing",
        "/api/CopyVideo",
        "/api/..%2FCopyVideo",
        "/api/sample"
      })
  void pathThatIsNoCall_isNotFoundWithASentence(String path) {
    RawCall response = RawCall.get(handler.getPort(), path, KEY);

    assertProblem(response, 404);
    assertThat(response.json().path("detail").asText()).contains("There is no such call");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/diagnose/task_1, '', 405",
    "DELETE, /api/diagnose/task_1, '', 405",
    "BREW, /api/diagnose/task_1, '', 405",
    "POST, /api/nothing, x, 404",
    "POST, /api, x, 404",
    "GET, /api/sample/number?limit=many, '', 400",
    "POST, /api/sample/text, {}, 415"
  })
  void requestThatIsWrong_isAProblemWithASentence(
      String method, String target, String body, int status) {
    RawCall response =
        RawCall.send(
            handler.getPort(), method, target, body, KEY, "Content-Type: application/json");

    assertProblem(response, status);
  }

  /** The server refuses these before anything of ours sees them; the host never forwards one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/diagnose/a%zz",
        "/api/diagnose/a%",
        "/api/diagnose/task_1?a=%zz",
        "/api/diagnose/task_1?%",
        "/api/diagnose/<x>",
        "/api/diagnose/a|b",
        "/API/diagnose/a{b}",
        "/api/diagnose/\"^`",
        "/api/diagnose/\u00e4"
      })
  void targetThatNoUrlHas_isABadRequest(String target) {
    assertThat(RawCall.get(handler.getPort(), target, KEY).status()).isEqualTo(400);
  }

  @Test
  void typeThatThereIsNot_isNotAcceptable() {
    assertProblem(
        RawCall.get(handler.getPort(), "/api/sample/number?limit=1", "Accept: image/png"), 406);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense;;;q=x,,",
        "*",
        ",",
        "\"",
        ";",
        "/",
        "a/b;q=5",
        "text/html;q=NaN",
        "text/html;q=x",
        "text/html;q=-1",
        "text/html;q=0.0",
        "application/json;q=0.5;q=7",
        "application/json;charset=\"",
        "*/json",
        "application/json;\u00e4=1"
      })
  void acceptThatCannotBeRead_isIgnored(String accept) {
    RawCall response =
        RawCall.get(handler.getPort(), "/api/sample/number?limit=1", "Accept: " + accept);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"limit\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unexpected", "error"})
  void unexpectedFailure_isShownWithoutAnythingFromInside(String call) {
    List<LogRecord> lines = new CopyOnWriteArrayList<>();
    Handler collector = new RecordCollector(lines);
    Logger logger = Logger.getLogger("");
    logger.addHandler(collector);
    RawCall response = RawCall.get(handler.getPort(), "/api/sample/" + call, KEY);
    logger.removeHandler(collector);

    assertProblem(response, 500);
    assertThat(lines)
        .filteredOn(line -> line.getLevel().intValue() >= Level.WARNING.intValue())
        .singleElement()
        .satisfies(line -> assertThat(line.getMessage()).startsWith("event=error"));
    assertThat(response.body() + response.headers()).doesNotContain("inner", "Exception", "at io.");
  }

  @Test
  void problem_hasItsTitleSentenceAndPause() {
    RawCall response = RawCall.get(handler.getPort(), "/api/sample/problem", KEY);

    assertProblem(response, 429);
    assertThat(response.json().path("title").asText()).isEqualTo("Too many");
    assertThat(response.json().path("detail").asText()).isEqualTo("Call again \"later\".");
    assertThat(response.header("Retry-After")).isEqualTo("3");
  }

  @Test
  void longestRequestsOfTheHost_areAnsweredHere() {
    String id = "%3C".repeat(20_000);

    assertProblem(RawCall.get(handler.getPort(), "/api/diagnose/" + id, KEY), 400);
    assertProblem(
        RawCall.get(handler.getPort(), "/api/diagnose/@", KEY, "X-Long: " + "x".repeat(100_000)),
        400);
    assertProblem(
        RawCall.get(
            handler.getPort(), "/api/diagnose/@", KEY, "Accept: a/b" + ";a=b".repeat(25_000)),
        400);
  }

  /** The host has sent all of it before the response is read. */
  @ParameterizedTest
  @CsvSource({"/api/sample/text, 413", "/api/nothing, 413", "/api, 413", "/CopyVideo, 404"})
  void bodyThatIsTooLarge_isReadToItsEndAndRefused(String path, int status) {
    String body = "x".repeat(20 << 20);

    assertProblem(RawCall.send(handler.getPort(), "POST", path, body, KEY), status);
  }

  @Test
  void bodyOfTheLargestSize_isTaken() {
    String body = "x".repeat(1 << 20);

    RawCall response =
        RawCall.send(
            handler.getPort(), "POST", "/api/sample/text", body, KEY, "Content-Type: text/plain");

    assertThat(response.body()).isEqualTo("" + body.length());
    assertProblem(RawCall.send(handler.getPort(), "POST", "/api/nothing", body, KEY), 404);
  }

  @Test
  void clientThatWaitsForContinue_getsItAtOnce() {
    RawCall response =
        RawCall.send(
            handler.getPort(),
            "POST",
            "/api/sample/text",
            "x",
            KEY,
            "Content-Type: text/plain",
            "Expect: 100-continue");

    assertThat(response.status()).isEqualTo(100);
    assertThat(response.body()).startsWith("HTTP/1.1 200");
  }

  @Test
  void processThatIsEnding_refusesCallsAndSaysWhenToCallAgain() {
    ScriptedShutdown shutdown = new ScriptedShutdown();
    QuarkusMock.installMockForType(shutdown, Shutdown.class);
    shutdown.begin();

    RawCall response = RawCall.get(handler.getPort(), "/api/diagnose/task_1", KEY);

    assertProblem(response, 503);
    assertThat(Integer.parseInt(response.header("Retry-After"))).isPositive();
  }

  // The host's ways

  @ParameterizedTest
  @ValueSource(strings = {"/API/sample/number", "/api/Sample/number", "/Api/SAMPLE/number?limit=2"})
  void pathInAnotherCase_isTheSameCallAsForTheHost(String path) {
    RawCall response = RawCall.get(handler.getPort(), path, KEY);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(path.contains("?") ? "{\"limit\":2}" : "{\"limit\":null}");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @CsvSource({
    "X-Functions-Key: the-secret-key, ''",
    "x-functions-key: other-key, &code=the-secret-key",
    "X-FUNCTIONS-KEY: the-secret-key, ''",
    "Accept: */*, &code=the-secret-key",
    "Accept: */*, &Code=the%2Dsecret%2Dkey",
    "Accept: */*, &a=b&CODE=x&code=the-secret-key"
  })
  void keyOfTheCaller_isASecretUntilTheResponseHasEnded(String header, String query) {
    String echo = "/api/sample/excerpt?text=it%20is%20the-secret-key";

    assertThat(RawCall.get(handler.getPort(), echo + query, header).body()).isEqualTo("it is …");
    assertThat(RawCall.get(handler.getPort(), echo, "x-functions-key: another-key").body())
        .isEqualTo("it is the-secret-key");
  }

  /** As Java's client asks for it; the host passes it on and reads HTTP/1.1. */
  @Test
  void upgradeToHttp2_isIgnored() {
    RawCall response =
        RawCall.get(
            handler.getPort(),
            "/api/sample/number",
            KEY,
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA");

    assertThat(response.status()).isEqualTo(200);
  }

  // What is not below /api

  @ParameterizedTest
  @CsvSource({
    "POST, /CopyVideo, x-functions-key: abc",
    "POST, /CopyVideo, X-FUNCTIONS-KEY:",
    "POST, /CopyVideo?code=abc, Accept: */*",
    "POST, /CopyVideo?, Accept: */*",
    "POST, /CopyVideo, Accept: */*",
    "POST, //CopyVideo, x-functions-key: abc",
    "POST, /x/../CopyVideo, x-functions-key: abc",
    "POST, /%43opyVideo, x-functions-key: abc",
    "POST, /CopyVideo/, x-functions-key: abc",
    "POST, /apiary, x-functions-key: abc",
    "GET, /CopyVideo, x-functions-key: abc",
    "GET, /, x-functions-key: abc",
    "GET, /?code=abc, Accept: */*",
    "GET, /x/../api/diagnose/task_1, x-functions-key: abc"
  })
  void requestThatWasForwardedElsewhere_isRefused(String method, String target, String header) {
    String body = method.equals("POST") ? "{\"Data\":{\"job\":\"dGFza18x\"}}" : "";

    assertProblem(RawCall.send(handler.getPort(), method, target, body, header), 404);
  }

  /** Where the Host is the caller's to choose, the key still tells. */
  @Test
  void requestThatWasForwardedElsewhereWithTheHandlersHost_isRefusedForItsKey() {
    String host = "Host: 127.0.0.1:" + handler.getPort();

    assertProblem(
        RawCall.send(handler.getPort(), "POST", "/CopyVideo", "{}", host, "x-functions-key: a"),
        404);
    assertProblem(RawCall.send(handler.getPort(), "POST", "/CopyVideo?code=a", "{}", host), 404);
    assertThat(RawCall.send(handler.getPort(), "POST", "/CopyVideo", "{}", host).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST"})
  void requestsOfTheHostItself_areAnswered(String name) {
    String host = "Host: " + name + ":" + handler.getPort();

    assertThat(RawCall.get(handler.getPort(), "/", host).status()).isEqualTo(200);
    assertThat(
            RawCall.send(handler.getPort(), "POST", "/Silent", "{\"Data\":{\"in\":\"eA==\"}}", host)
                .status())
        .isEqualTo(200);
  }

  private static void assertProblem(RawCall response, int status) {
    assertThat(response.status()).as(response.toString()).isEqualTo(status);
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.json().path("type").asText()).isEqualTo("about:blank");
    assertThat(response.json().path("title").asText()).isNotBlank();
    assertThat(response.json().path("status").asInt()).isEqualTo(status);
    assertThat(response.json().path("detail").asText()).isNotBlank();
  }
}
