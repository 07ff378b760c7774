package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The published schemas of both messages. */
final class Schemas {
  private static final JsonSchema VIDEO_MESSAGE = read("video-message");
  private static final JsonSchema JOB_MESSAGE = read("job-message");

  private Schemas() {}

  static void assertVideoMessage(JsonNode message) {
    assertValid(VIDEO_MESSAGE, message);
  }

  static void assertJobMessage(JsonNode message) {
    assertValid(JOB_MESSAGE, message);
  }

  private static void assertValid(JsonSchema schema, JsonNode message) {
    assertThat(schema.validate(message)).as(message.toString()).isEmpty();
  }

  private static JsonSchema read(String name) {
    Path file = Project.directory().resolve("docs/reference/schema/" + name + ".schema.json");
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(
              new ObjectMapper().readTree(file.toFile()),
              SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
