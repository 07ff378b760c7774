package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.List;

/** The contract of the messages on the queue of outcomes, as its JSON Schema says it. */
public final class VideoMessages {
  private static final String SCHEMA = "docs/reference/schema/video-message.schema.json";

  private VideoMessages() {}

  /** What is wrong with a message; nothing when it holds to the schema. */
  public static List<String> violations(JsonNode message) {
    return schema().validate(message).stream().map(ValidationMessage::getMessage).sorted().toList();
  }

  private static JsonSchema schema() {
    try {
      JsonNode text = Payload.JSON.readTree(ProjectDirectory.path().resolve(SCHEMA).toFile());
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);
    } catch (IOException e) {
      throw new LocalStackException("cannot read " + SCHEMA, e);
    }
  }
}
