package io.soracourier.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.soracourier.local.LocalStack;
import io.soracourier.simulator.SoraSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The packaged function app on a local stack, asked for diagnoses as a program and as a browser
 * does. Closing it holds everything that was answered and written to what is always true: no secret
 * is in it.
 */
final class DiagnosedApp implements AutoCloseable {
  /** What Chromium sends. */
  static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
          + "application/signed-exchange;v=b3;q=0.7";

  private static final Path SCHEMA =
      Path.of(System.getProperty("basedir", ""), "docs/reference/schema/diagnosis.schema.json")
          .toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonSchema schema;
  private final LocalStack stack;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> answers = new ArrayList<>();

  DiagnosedApp() {
    this(options -> options);
  }

  DiagnosedApp(UnaryOperator<LocalStack.Builder> options) {
    try {
      schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(
                  JSON.readTree(SCHEMA.toFile()),
                  SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stack =
        options
            .apply(
                LocalStack.builder()
                    .setting("COURIER_GRACE", "1s")
                    .setting("COURIER_CONTENT_STALL_TIMEOUT", "5s"))
            .start();
  }

  LocalStack stack() {
    return stack;
  }

  SoraSimulator simulator() {
    return stack.simulator();
  }

  /** The address of a job's diagnosis, key included. */
  String url(String jobId) {
    return stack.host().url() + "/api/diagnose/" + jobId + "?code=" + stack.host().functionKey();
  }

  /** A job's diagnosis for a program; it is of the published schema. */
  JsonNode json(String jobId) {
    HttpResponse<String> response = get(url(jobId), "Accept", "application/json");
    assertThat(response.statusCode()).isEqualTo(200);
    try {
      JsonNode json = JSON.readTree(response.body());
      assertThat(schema.validate(json)).as(response.body()).isEmpty();
      assertThat(json.path("jobId").asText()).isEqualTo(jobId);
      return json;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The row with this code. */
  static JsonNode row(JsonNode diagnosis, String code) {
    return rows(diagnosis)
        .filter(row -> row.path("code").asText().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError(diagnosis.toPrettyString()));
  }

  static Stream<JsonNode> rows(JsonNode diagnosis) {
    return StreamSupport.stream(diagnosis.path("rows").spliterator(), false);
  }

  /** A job's diagnosis for a person; it is well-formed. */
  Html page(String jobId) {
    HttpResponse<String> response = get(url(jobId), "Accept", BROWSER);
    assertThat(response.statusCode()).isEqualTo(200);
    return Html.parse(response.body());
  }

  HttpResponse<String> get(String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      answers.add(response.body() + response.headers().map());
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    List<String> secrets =
        List.of(
            simulator().apiKey(),
            stack.account().key(),
            stack.host().functionKey(),
            "SECRET-SIGNATURE");
    List<String> written = new ArrayList<>(stack.handlerLines());
    written.addAll(answers);
    written.addAll(stack.videos().taken());
    try (stack) {
      for (String secret : secrets) {
        assertThat(written).noneMatch(text -> text.contains(secret));
      }
    }
  }
}
