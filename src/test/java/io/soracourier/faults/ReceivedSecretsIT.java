package io.soracourier.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.e2e.Deployment;
import io.soracourier.simulator.Ids;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that repeats secrets which it gave itself, and secrets in a changed form. */
class ReceivedSecretsIT {
  private static final String KEY = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
  private static final String SIGNATURE = "SiGnAtUrE0123456789";
  private static final String MANY = "nUmBeR%dOfMaNy";
  private static final int COUNT = 200;

  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final RawServer service = new RawServer(this::response);

  /**
   * What is responded about a job.
   *
   * @param status to the question about it
   * @param content to the request for its content
   */
  private record Job(byte[] status, byte[] content) {}

  @AfterEach
  void close() {
    service.close();
  }

  private byte[] response(String target) {
    if (target.startsWith("/dl/")) {
      return plain("410 Gone", "bad " + target.replaceFirst(".*?=", ""));
    }
    Job job = jobs.get(target.replaceFirst(".*/videos/([^/?]+).*", "$1"));
    if (job == null) {
      return plain("404 Not Found", "");
    }
    return target.contains("/content") ? job.content() : job.status();
  }

  @Test
  void signaturesOfUrlsThatAServiceGave_areQuotedNowhere() throws Exception {
    String done = "{\"status\":\"completed\"%s}";
    String url = "/dl/x.mp4?a=1&sig=" + SIGNATURE;
    Map<String, Job> scripts = new LinkedHashMap<>();
    scripts.put(
        "content repeats a signature of the job",
        job(done.formatted(",\"url\":\"" + url + "\""), error("sig " + SIGNATURE + " refused")));
    scripts.put(
        "URL escaped for JSON and HTML",
        job(
            done.formatted(",\"note\":\"see /x?a=1&amp;sig=z" + SIGNATURE + "\\u0026b\""),
            error("sig z" + SIGNATURE + " refused")));
    scripts.put(
        "reason of a failed job",
        job(
            "{\"status\":\"failed\",\"url\":\"https://x.blob.core.windows.net/a?sig="
                + SIGNATURE
                + "\",\"error\":{\"message\":\"upload failed, signature "
                + SIGNATURE
                + "\"}}",
            plain("404 Not Found", "")));
    scripts.put(
        "header of the same response",
        job(
            done.formatted(""),
            plain("410 Gone\r\nLocation: /dl/x?sig=h" + SIGNATURE, "bad h" + SIGNATURE)));
    scripts.put(
        "any header",
        job(
            done.formatted(""),
            plain("410 Gone\r\nLink: </dl/x?token=l" + SIGNATURE + ">", "bad l" + SIGNATURE)));
    String hint = "HTTP/1.1 103 Early Hints\r\nLink: </dl/x?sig=e" + SIGNATURE + ">\r\n\r\n";
    scripts.put(
        "interim response",
        job(
            done.formatted(""),
            (hint + new String(plain("410 Gone", "bad e" + SIGNATURE), UTF_8)).getBytes(UTF_8)));
    scripts.put(
        "redirect to a policy",
        job(
            done.formatted(""),
            plain("302 Found\r\nLocation: /dl/x?Policy=p" + SIGNATURE, "moved")));
    scripts.put(
        "many URLs",
        job(
            done.formatted(
                IntStream.range(0, COUNT)
                    .mapToObj(i -> "\"u%d\":\"/dl/x?sig=%s\"".formatted(i, MANY.formatted(i)))
                    .collect(Collectors.joining(",", ",", ""))),
            error("neither " + MANY.formatted(100) + " nor " + MANY.formatted(199))));

    assertQuotedNowhere(scripts, List.of(SIGNATURE, MANY.formatted(100), MANY.formatted(199)));
  }

  @Test
  void keyThatAServerOrAParserChanged_isQuotedNowhere() throws Exception {
    byte[] done = plain("200 OK", "{\"status\":\"completed\"}");
    Map<String, Job> scripts = new LinkedHashMap<>();
    for (String noHttp :
        List.of(KEY + " 200 OK\r\n\r\n", "HTTP/" + KEY + " 200 OK\r\n\r\n", KEY + "\r\n\r\n")) {
      scripts.put("job is " + noHttp, new Job(noHttp.getBytes(UTF_8), done));
      scripts.put("content is " + noHttp, new Job(done, noHttp.getBytes(UTF_8)));
    }
    String upper = KEY.toUpperCase(Locale.ROOT);
    scripts.put("another case", new Job(done, error("bad key " + upper)));
    for (String charset : List.of("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE")) {
      String failed = "{\"status\":\"failed\",\"error\":{\"message\":\"bad key %s\"}}";
      scripts.put(
          "job in " + charset,
          new Job(encoded("200 OK", failed.formatted(KEY), charset), plain("404 Not Found", "")));
      scripts.put(
          "content in " + charset,
          new Job(done, encoded("410 Gone", "bad key " + KEY + " here", charset)));
    }
    for (String between : List.of("\0", "\b", "\u200b", "\ufffd")) {
      scripts.put(
          "between: " + between.codePointAt(0),
          new Job(done, plain("410 Gone", "bad key " + KEY.replaceAll("(.)", "$1" + between))));
    }
    for (byte[] end :
        List.of(
            "   ".getBytes(UTF_8),
            new byte[] {0},
            new byte[] {(byte) 0xE2, (byte) 0x80},
            new byte[] {(byte) 0xC3, ' '})) {
      byte[] cut = ("--" + KEY.substring(0, 12)).getBytes(UTF_8);
      byte[] body = new byte[cut.length + end.length];
      System.arraycopy(cut, 0, body, 0, cut.length);
      System.arraycopy(end, 0, body, cut.length, end.length);
      scripts.put(
          "cut " + end.length + end[0], new Job(done, RawServer.response("410 Gone", body)));
    }

    assertQuotedNowhere(scripts, List.of(KEY));
  }

  private void assertQuotedNowhere(Map<String, Job> scripts, List<String> secrets)
      throws Exception {
    try (Deployment courier =
        Deployment.start(
            stack ->
                stack
                    .withoutSimulator()
                    .setting("AZURE_OPENAI_ENDPOINT", service.endpoint() + "/openai/v1")
                    .setting("AZURE_OPENAI_API_KEY", KEY)
                    .setting("COURIER_GRACE", "0s")
                    .setting("COURIER_CONTENT_GRACE", "0s")
                    .setting("COURIER_SORA_RETRY_COUNT", "0")
                    .setting("COURIER_SORA_CIRCUIT_CALLS", "10000"))) {
      List<String> written = new ArrayList<>();
      for (Map.Entry<String, Job> script : scripts.entrySet()) {
        String id = Ids.video(Instant.now());
        jobs.put(id, script.getValue());
        courier.enqueue(id, Deployment.NO_TIME);
        assertThat(courier.outcome(id).path("message").asText())
            .as(script.getKey())
            .containsAnyOf("…", "binary data");
        written.add(diagnosis(courier, id));
      }
      written.addAll(courier.stack().handlerLines());
      written.addAll(courier.stack().videos().taken());
      courier.stack().invocations().forEach(done -> written.addAll(done.logs()));
      for (String secret : secrets) {
        String beginning = plain(secret.substring(0, Math.min(secret.length(), 12)));
        // Not "doesNotContain": its failure would write what must not be written.
        assertThat(written.stream().filter(text -> plain(text).contains(beginning)).count())
            .isZero();
      }
    }
  }

  /** As a person would read it who looks for a secret. */
  private static String plain(String text) {
    return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private static String diagnosis(Deployment courier, String id) throws Exception {
    URI uri = URI.create(courier.host().url() + "/api/diagnose/" + id);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("X-Functions-Key", courier.host().functionKey())
            .header("Accept", "application/json")
            .build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private static Job job(String json, byte[] content) {
    return new Job(plain("200 OK", json), content);
  }

  private static byte[] error(String words) {
    return plain("410 Gone", "{\"error\":{\"message\":\"" + words + "\"}}");
  }

  private static byte[] plain(String statusAndHeaders, String body) {
    return RawServer.response(statusAndHeaders, body.getBytes(UTF_8));
  }

  private static byte[] encoded(String status, String body, String charset) {
    return RawServer.response(status, body.getBytes(Charset.forName(charset)));
  }
}
