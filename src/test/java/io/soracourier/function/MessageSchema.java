package io.soracourier.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A schema that is published with the documentation. */
enum MessageSchema {
  JOB("job-message"),
  VIDEO("video-message");

  private final JsonSchema schema;

  MessageSchema(String name) {
    try {
      schema =
          JsonSchemaFactory.getInstance(VersionFlag.V202012)
              .getSchema(
                  Files.readString(Path.of("docs/reference/schema", name + ".schema.json")),
                  SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void assertValid(JsonNode message) {
    assertThat(schema.validate(message)).as(message.toPrettyString()).isEmpty();
  }

  void assertInvalid(JsonNode message) {
    assertThat(schema.validate(message)).as(message.toPrettyString()).isNotEmpty();
  }
}
