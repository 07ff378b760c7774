package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.MutableClock;
import io.soracourier.sora.SoraException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoraErrorsTest {
  private static final URI JOB =
      URI.create("https://r.openai.azure.com/openai/v1/video/generations/jobs/task_1?sig=SECRET");

  private final SoraErrors errors = Errors.of(MutableClock.at("2026-11-22T10:00:00Z"));

  @ParameterizedTest
  @CsvSource({
    "300, UNAVAILABLE",
    "302, UNAVAILABLE",
    "400, REJECTED",
    "401, DENIED",
    "403, DENIED",
    "402, DENIED",
    "404, NOT_FOUND",
    "405, REJECTED",
    "408, THROTTLED",
    "409, THROTTLED",
    "410, EXPIRED",
    "416, REJECTED",
    "423, THROTTLED",
    "425, THROTTLED",
    "451, REJECTED",
    "429, THROTTLED",
    "500, UNAVAILABLE",
    "503, UNAVAILABLE",
  })
  void status_saysWhatToDo(int status, Kind kind) {
    SoraException failure = answered(status, "{}");

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.isTransient()).isEqualTo(kind == Kind.THROTTLED || kind == Kind.UNAVAILABLE);
    assertThat(failure instanceof SoraUnavailableException).isEqualTo(kind == Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("/jobs/task_1 returned " + status);
  }

  @ParameterizedTest
  @CsvSource({
    "400, token_expired, DENIED",
    "400, ExpiredToken, DENIED",
    "403, api_key_expired, DENIED",
    "403, video_expired, EXPIRED",
    "400, video_expired, EXPIRED",
    "404, task_expired, EXPIRED",
    "401, video_expired, DENIED",
    "400, budget_exceeded, DENIED",
    "403, insufficient_quota, DENIED",
    "400, invalid_request, REJECTED",
    "429, insufficient_quota, THROTTLED",
  })
  void code_saysWhoseTroubleItIs(int status, String code, Kind kind) {
    assertThat(answered(status, "{\"error\":{\"code\":\"%s\"}}".formatted(code)).kind())
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "https://gateway.example.com/openai/v1, 403, AZURE_OPENAI_API_KEY is a key that may read",
    "https://gateway.example.com/openai/v1, 401, check AZURE_OPENAI_API_KEY",
    "https://gateway.example.com/v1, 402, no budget left",
    "https://r.openai.azure.com/openai/v1, 403, Cognitive Services OpenAI User",
  })
  void advice_fitsTheServer(String endpoint, int status, String advice) {
    SoraErrors other =
        Errors.of(Endpoint.parse(endpoint), MutableClock.at("2026-11-22T10:00:00Z"), false);

    assertThat(other.ofResponse(URI.create(endpoint + "/videos/a"), status, name -> null, "{}"))
        .hasMessageContaining(advice);
  }

  @Test
  void refusalOfOneVideo_isOfItAlsoWithoutAKey() {
    SoraErrors other =
        Errors.of(
            Endpoint.parse("https://gateway.example.com/v1"),
            MutableClock.at("2026-11-22T10:00:00Z"),
            true);
    URI job = URI.create("https://gateway.example.com/v1/videos/video_12345678");

    assertThat(
            other.ofResponse(job, 403, name -> null, "{\"error\":\"no video_12345678 for you\"}"))
        .hasMessageContaining("this job alone");
    assertThat(other.ofResponse(job, 403, name -> null, "{\"error\":\"no\"}"))
        .hasMessageContaining("AZURE_OPENAI_API_KEY is none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"error":{"code":"404","message":"Resource not found"}}           | Resource not found
          {"error":{"code":null,"message":"Too many","param":null}}         | Too many
          {"code":"404","message":"Resource not found"}                     | Resource not found
          {"message":"flat","inner_error":{"code":"X"}}                     | flat
          {"error":"just text"}                                             | just text
          {"error":{"message":{"a":1}}}                                     | {"error":{"message":{"a":1}}}
          {"error":{}}                                                      | {"error":{}}
          {"detail":"other shape"}                                          | other shape
          {"detail":[{"loc":["path"],"msg":"not a number"}]}                | not a number
          {"errorText":"unusual"}                                           | {"errorText":"unusual"}
          {"id":"a","status":"failed","prompt":"a boat"}                    | JSON with the shape {"id":"string","status":"string","prompt":"string"}
          {"id":"a","status":"failed","prompt":"a bo                        | a text of 42 characters that may be a part of a job
          []                                                                | []
          "text"                                                            | "text"
          null                                                              | null
          <html><body><h1>502</h1></body></html>                            | <html><body><h1>502</h1></body></html>
          {"error":{"message":"cut                                          | {"error":{"message":"cut
          ''                                                                | (no text)
          '   '                                                             | (no text)
          """)
  void body_isReadInEitherShapeOrShownAsItIs(String body, String words) {
    SoraException failure = answered(404, body);

    assertThat(failure.attempts())
        .containsExactly(new Attempt("GET /openai/v1/video/generations/jobs/task_1", 404, words));
    assertThat(failure).hasMessageEndingWith("returned 404: " + words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":\"ModelDeprecated\",\"message\":\"gone\"}}",
        "{\"code\":\"modeldeprecated\",\"message\":\"gone\"}"
      })
  void deprecatedModel_isRetiredWhateverTheStatus(String body) {
    assertThat(answered(404, body).kind()).isEqualTo(Kind.RETIRED);
    assertThat(answered(404, body)).hasMessageContaining("retired");
  }

  @Test
  void refusedKey_isReportedWithWhatToCheck() {
    assertThat(answered(401, "{}"))
        .hasMessageContaining("AZURE_OPENAI_API_KEY")
        .hasMessageContaining("https://ai.azure.com/.default");
    assertThat(answered(403, "{}")).hasMessageContaining("Cognitive Services OpenAI User");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void refusalWhereNoCredentialIsSent_isReportedWithWhereToPutAKey(int status) {
    SoraErrors anonymous = Errors.of(Errors.AZURE, MutableClock.at("2026-11-22T10:00:00Z"), true);

    SoraException failure = anonymous.ofResponse(JOB, status, name -> null, "{}");

    assertThat(failure)
        .hasMessageContaining("AZURE_OPENAI_API_KEY is none: put the server's key there")
        .message()
        .doesNotContain("role", "AZURE_OPENAI_SCOPE");
    assertThat(anonymous.explanation(failure)).contains("AZURE_OPENAI_API_KEY is none");
  }

  @Test
  void requestIdAndRetryAfter_areKept() {
    Map<String, String> headers = Map.of("apim-request-id", "ab-12", "Retry-After", "9");

    SoraException failure = errors.ofResponse(JOB, 429, headers::get, "{}");

    assertThat(failure).hasMessageContaining("(request id ab-12)");
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(9));
  }

  @Test
  void bodyThatIsNoText_isNotQuoted() {
    assertThat(answered(500, "\u0000\u0000\u0000\u0018ftypisom\u0000moov"))
        .hasMessageEndingWith(" returned 500: binary data");
  }

  @Test
  void longBody_isCut() {
    assertThat(answered(500, "x".repeat(1_000_000)).getMessage()).hasSizeLessThan(700);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"a\\r\\nevent=copied\\u0000\\u0085\\u2028\\ud800\"}}",
        "a\r\nevent=copied\u0000\u001b[31m"
      })
  void controlCharacters_doNotGetThrough(String body) {
    Map<String, String> headers = Map.of("apim-request-id", "1\n2");

    SoraException failure = errors.ofResponse(JOB, 500, headers::get, body);

    assertThat(failure.getMessage() + failure.attempts())
        .doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");
  }

  @Test
  void secrets_doNotAppear() {
    String body =
        "<pre>GET https://x/y?sig=SECRET\napi-key: SECRET\nAuthorization: Bearer SECRETSECRET</pre>";

    SoraException answered = answered(401, body);
    SoraException unreadable = errors.unreadable(JOB, 200, ReceivedBody.words(body));
    SoraException failure =
        errors.withoutResponse(JOB, new IOException("timeout of GET " + JOB + " exceeded"));

    assertThat(answered.getMessage() + answered.attempts()).doesNotContain("SECRET");
    assertThat(unreadable.getMessage() + unreadable.attempts()).doesNotContain("SECRET");
    assertThat(failure.getMessage() + failure.attempts()).doesNotContain("SECRET");
  }

  /** Of Azure Storage and of S3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>AuthenticationFailed</Code>"
            + "<Message>Signature not valid in the time frame.\nTime:2026</Message><Detail>x</Detail></Error>",
        "<?xml version='1.0'?>\n<Error>\n  <Code>AuthenticationFailed</Code>\n  <Message>Signature"
            + " not valid in the time frame. Time:2026</Message></Error>"
      })
  void errorInXml_isReadForItsWords(String xml) {
    assertThat(answered(500, xml))
        .hasMessageEndingWith(
            "returned 500: AuthenticationFailed: Signature not valid in the time frame. Time:2026");
  }

  @Test
  void unknownHostName_isSaidToBeThat() {
    assertThat(errors.withoutResponse(JOB, new UnknownHostException("r.openai.azure.com")))
        .hasMessageEndingWith("no address was found for the host name: r.openai.azure.com");
  }

  @Test
  void noResponse_namesTheRootCause() {
    SoraException failure =
        errors.withoutResponse(
            JOB, new RuntimeException("outer", new IOException("Connection reset")));

    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessage(
            "GET /openai/v1/video/generations/jobs/task_1 got no response: Connection reset");
    assertThat(failure.attempts().get(0).status()).isNull();
    assertThat(errors.withoutResponse(JOB, new IOException()))
        .hasMessageEndingWith("no response: IOException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"code\":\"task_not_exist\",\"message\":\"x\"} | NOT_FOUND",
        "400 | {\"error\":{\"message\":\"Video not found\"}} | NOT_FOUND",
        "400 | {\"error\":\"no such job\"} | NOT_FOUND",
        "400 | {\"message\":\"job_id does not exist\"} | NOT_FOUND",
        "400 | {\"message\":\"API version not supported\"} | REJECTED",
        "404 | {\"error\":{\"code\":\"video_expired\",\"message\":\"x\"}} | EXPIRED",
        "409 | {\"code\":\"expired\",\"message\":\"x\"} | EXPIRED",
        "401 | {\"code\":\"token_expired\",\"message\":\"x\"} | DENIED",
        "403 | {\"code\":\"ExpiredToken\",\"message\":\"x\"} | DENIED",
        "404 | {\"message\":\"The model has been deprecated\"} | RETIRED",
        "410 | {\"code\":\"ModelDeprecated\",\"message\":\"x\"} | RETIRED",
        "410 | {\"message\":\"Gone\"} | EXPIRED",
        "500 | {\"message\":\"model is retired\"} | UNAVAILABLE",
      })
  void words_sayWhatAStatusDoesNot(int status, String body, Kind kind) {
    assertThat(answered(status, body).kind()).isEqualTo(kind);
  }

  /** Of a web filter or a proxy on the way. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "403 | text/html | <html><head><title>Blocked by content filter</title></head></html> | DENIED",
        "403 | - | <!DOCTYPE html><p>The content policy of your company blocks this site</p> | DENIED",
        "403 | Text/HTML; charset=utf-8 | <h1>Content Filtering: inappropriate content</h1> | DENIED",
        "403 | text/html | Request blocked by the Content-Safety gateway | DENIED",
        "403 | - | '\uFEFF<?xml version=\"1.0\"?><html>content-filter</html>' | DENIED",
        "400 | text/html | <html>usage policy</html> | REJECTED",
        "404 | text/html | <html>blocked by content filter</html> | NOT_FOUND",
        "409 | text/html | <html>blocked by content filter</html> | THROTTLED",
        "451 | text/html | <html>prohibited content</html> | REJECTED",
        "404 | text/html | <html>This model is deprecated</html> | NOT_FOUND",
        "403 | text/html | {\"error\":{\"code\":\"content_filter\"}} | MODERATED",
        "403 | - | {\"error\":{\"message\":\"Removed for our content policy\"}} | MODERATED",
        "400 | application/xml | <Error><Code>ContentFilter</Code><Message>x</Message></Error> | MODERATED",
        "400 | text/plain | Blocked by content filter | MODERATED",
      })
  void page_meansWhatItsStatusDoesWhateverItsWords(
      int status, String type, String body, Kind kind) {
    UnaryOperator<String> header = name -> name.equals("Content-Type") ? type : null;

    assertThat(errors.ofResponse(JOB, status, header, body).kind()).isEqualTo(kind);
    assertThat(errors.notReady(JOB, status, header, body).kind())
        .isEqualTo(kind == Kind.MODERATED ? kind : Kind.NOT_FOUND);
    assertThat(errors.ofForeignResponse(JOB, status, header, body).kind())
        .isEqualTo(kind == Kind.DENIED ? Kind.UNAVAILABLE : kind);
  }

  @Test
  void refusalOfAServerThatIsNotAzures_namesNoRoleOfAzure() {
    MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    Endpoint endpoint = Endpoint.parse("https://gateway.example.com/v1");
    SoraErrors own = Errors.of(endpoint, clock, false);
    URI job = endpoint.at("/videos/video_1234567");

    assertThat(own.ofResponse(job, 403, header -> null, "{\"detail\":\"Forbidden\"}"))
        .hasMessageContaining("a key that may read videos of this server")
        .hasMessageNotContaining("Cognitive Services");
    assertThat(own.ofResponse(job, 401, header -> null, "{}"))
        .hasMessageContaining("COURIER_SORA_KEY_HEADER")
        .hasMessageNotContaining("AZURE_OPENAI_SCOPE");
    own.sawResponse(new JobId("video_1234567"));
    assertThat(own.ofResponse(job, 403, header -> null, "{}"))
        .hasMessageContaining("a key that may read");

    own.sawResponse(new JobId("video_of_another"));
    assertThat(own.ofResponse(job, 403, header -> null, "{}"))
        .hasMessageContaining("this is about this job alone");
    clock.advance(Duration.ofMinutes(11));
    assertThat(own.ofResponse(job, 403, header -> null, "{}"))
        .hasMessageContaining("a key that may read");
    assertThat(
            own.ofResponse(job, 403, header -> null, "{\"detail\":\"video_1234567 is not yours\"}"))
        .hasMessageContaining("this is about this job alone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "200 | text/html; charset=utf-8 | <!doctype html><title>New API</title> | a web page, 'New API'",
        "200 | - | <html>maintenance</html> | a web page",
        "404 | text/html | <h1>Not Found</h1> | a web page",
        "405 | text/plain | '  <!-- x --> <HTML lang=en>' | a web page",
        "202 | - | '<?xml version=\"1.0\"?><!DOCTYPE html>' | a web page",
        "200 | text/html | '' | a web page",
      })
  void pageWhereAJobIsExpected_isAWrongEndpoint(int status, String type, String body, String what) {
    SoraException failure =
        WrongEndpoint.in(JOB, status, name -> name.equals("Content-Type") ? type : null, body)
            .orElseThrow();

    assertThat(failure.kind()).isEqualTo(Kind.WRONG_ENDPOINT);
    assertThat(failure)
        .hasMessageContaining("returned " + status + " with " + what + ", and not with a job")
        .hasMessageContaining("AZURE_OPENAI_ENDPOINT");
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.example.com/a?token=SECRET, https://login.example.com",
    "//login.example.com:8443/a, //login.example.com:8443",
    "/login?next=SECRET, another path",
    "https://user:SECRET@login.example.com/, another path",
  })
  void redirectWhereAJobIsExpected_isAWrongEndpoint(String location, String where) {
    SoraException failure =
        WrongEndpoint.in(JOB, 302, name -> name.equals("Location") ? location : null, "")
            .orElseThrow();

    assertThat(failure.kind()).isEqualTo(Kind.WRONG_ENDPOINT);
    assertThat(failure)
        .hasMessageContaining("with a redirect to " + where + ", and not with a job")
        .hasMessageNotContaining("SECRET");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "502 | text/html | <html>Bad Gateway</html>",
        "503 | text/html | <html>maintenance</html>",
        "401 | text/html | <html>Unauthorized</html>",
        "403 | text/html | <html>Forbidden</html>",
        "200 | text/html | {\"status\":\"done\"}",
        "404 | application/json | {\"detail\":\"Not Found\"}",
        "304 | - | ''",
      })
  void otherResponse_isNoWrongEndpoint(int status, String type, String body) {
    assertThat(
            WrongEndpoint.in(JOB, status, name -> name.equals("Content-Type") ? type : null, body))
        .isEmpty();
  }

  private SoraException answered(int status, String body) {
    return errors.ofResponse(JOB, status, header -> null, body);
  }
}
