package io.soracourier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.soracourier.local.ProjectDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The published description of the calls, held against what the app answers. */
final class OpenApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectNode DOCUMENT = read();

  private final Set<String> seen = new HashSet<>();

  static JsonNode document() {
    return DOCUMENT;
  }

  /** Each operation, as {@code GET /api/jobs/{jobId}}, and each status that it documents. */
  static Set<String> documented() {
    Set<String> all = new TreeSet<>();
    DOCUMENT
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            operation
                                .getValue()
                                .path("responses")
                                .fieldNames()
                                .forEachRemaining(
                                    status ->
                                        all.add(
                                            operation.getKey().toUpperCase(Locale.ROOT)
                                                + " "
                                                + path.getKey()
                                                + " "
                                                + status))));
    return all;
  }

  /** What was checked so far, as {@link #documented}. */
  Set<String> seen() {
    return seen;
  }

  /** Asserts that the response is as the document says. */
  void check(HttpResponse<String> response) {
    String path = template(response.request().uri().getRawPath());
    String method = response.request().method();
    JsonNode documented =
        DOCUMENT
            .path("paths")
            .path(path)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses")
            .path(String.valueOf(response.statusCode()));
    String call = "%s %s %d".formatted(method, path, response.statusCode());
    assertThat(documented.isMissingNode())
        .as("%s is documented: %s", call, response.body())
        .isFalse();
    seen.add(call);
    if (documented.has("$ref")) {
      documented = DOCUMENT.at(documented.path("$ref").asText().substring(1));
    }
    if (response.statusCode() == 302) {
      assertThat(response.headers().firstValue("Location")).as(call).isPresent();
    }
    if (!documented.has("content")) {
      return;
    }
    String type =
        response.headers().firstValue("Content-Type").orElse("none").replaceFirst(";.*", "");
    JsonNode schema = documented.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode()).as("%s gives %s", call, type).isFalse();
    if (type.endsWith("json")) {
      validate(schema, response.body(), call);
    }
  }

  private static void validate(JsonNode schema, String body, String call) {
    ObjectNode whole = DOCUMENT.deepCopy();
    whole.remove("info");
    whole.setAll((ObjectNode) schema);
    try {
      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                  .getSchema(
                      whole, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build())
                  .validate(JSON.readTree(body)))
          .as("%s: %s", call, body)
          .isEmpty();
    } catch (IOException e) {
      throw new AssertionError(call + " gives no JSON: " + body, e);
    }
  }

  /** The path as documented: its third segment is a parameter. */
  private static String template(String path) {
    String[] segments = path.split("/");
    if (segments.length < 4 || segments[2].equals("console")) {
      return path;
    }
    String parameter = segments[2].equals("videos") ? "{generationId}" : "{jobId}";
    String rest = segments.length > 4 ? "/" + segments[4] : "";
    return "/" + segments[1] + "/" + segments[2] + "/" + parameter + rest;
  }

  private static ObjectNode read() {
    try {
      return (ObjectNode)
          new ObjectMapper(new YAMLFactory())
              .readTree(
                  ProjectDirectory.path().resolve("docs/reference/schema/openapi.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
