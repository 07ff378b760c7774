package io.soracourier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  /** A comma in a text that is not in quotes ends it, and what follows becomes a key. */
  @Test
  void everyKey_isAName() {
    List<String> keys = new ArrayList<>();
    keysOf(OpenApi.document(), keys);

    assertThat(keys).isNotEmpty().allMatch(key -> key.matches("[^ ]+"));
  }

  private static void keysOf(JsonNode node, List<String> keys) {
    node.properties()
        .forEach(
            field -> {
              keys.add(field.getKey());
              keysOf(field.getValue(), keys);
            });
    if (node.isArray()) {
      node.forEach(element -> keysOf(element, keys));
    }
  }
}
