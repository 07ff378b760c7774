package io.soracourier.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.storage.Rows.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows in JSON with minimal metadata: an object with the keys and the columns. What JSON does not
 * tell apart has its type in a property of its own, such as {@code bytes@odata.type}.
 *
 * <p>Source: "Payload format for Table service operations" in Microsoft's REST reference. A
 * response has the version of each row as {@code odata.etag}.
 */
final class EntityJson {
  /** In ASCII: Azurite 3.35.0 damages a character whose bytes arrive in two parts. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private static final String PARTITION = "PartitionKey";
  private static final String KEY = "RowKey";
  private static final String VERSION = "odata.etag";
  private static final String TYPE = "@odata.type";
  private static final String INT64 = "Edm.Int64";
  private static final String DOUBLE = "Edm.Double";
  private static final Set<String> NOT_COLUMNS = Set.of(PARTITION, KEY, "Timestamp");

  private EntityJson() {}

  /** The body of the request for a new table. */
  static byte[] table(String name) {
    return bytes(JSON.createObjectNode().put("TableName", name));
  }

  /**
   * The body of the request for a row.
   *
   * @param columns those that {@link Columns} has checked
   */
  static byte[] row(String partition, String key, Map<String, Object> columns) {
    ObjectNode entity = JSON.createObjectNode().put(PARTITION, partition).put(KEY, key);
    columns.forEach(
        (name, value) -> {
          if (value instanceof Long number) {
            entity.put(name + TYPE, INT64).put(name, number.toString());
          } else if (value instanceof Double number) {
            entity.put(name + TYPE, DOUBLE).put(name, number);
          } else {
            entity.set(name, JSON.valueToTree(value));
          }
        });
    return bytes(entity);
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts and numbers can be written", e);
    }
  }

  /**
   * @throws IOException when it is not a row
   */
  static Row readRow(byte[] json) throws IOException {
    return row(JSON.readTree(json));
  }

  /**
   * @throws IOException when it is not a list of rows
   */
  static List<Row> readRows(byte[] json) throws IOException {
    JsonNode values = JSON.readTree(json).path("value");
    if (!values.isArray()) {
      throw new IOException("there is no list of rows");
    }
    List<Row> rows = new ArrayList<>(values.size());
    for (JsonNode value : values) {
      rows.add(row(value));
    }
    return rows;
  }

  private static Row row(JsonNode entity) throws IOException {
    Map<String, Object> columns = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : entity.properties()) {
      String name = property.getKey();
      boolean annotation = name.indexOf('.') >= 0;
      if (!annotation && !NOT_COLUMNS.contains(name) && !property.getValue().isNull()) {
        columns.put(name, value(property.getValue(), entity.path(name + TYPE).asText()));
      }
    }
    return new Row(
        text(entity, PARTITION),
        text(entity, KEY),
        text(entity, VERSION),
        Collections.unmodifiableMap(columns));
  }

  private static String text(JsonNode entity, String name) throws IOException {
    if (!entity.path(name).isTextual()) {
      throw new IOException("a row has no " + name);
    }
    return entity.get(name).textValue();
  }

  /**
   * Types that no column is written with, such as a date, are read as the text they are sent as.
   */
  private static Object value(JsonNode value, String type) throws IOException {
    try {
      if (type.equals(INT64)) {
        return Long.valueOf(value.asText());
      }
      if (type.equals(DOUBLE)) {
        return Double.valueOf(value.asText());
      }
    } catch (NumberFormatException e) {
      throw new IOException("a column is not the number that it should be", e);
    }
    if (value.isTextual()) {
      return value.textValue();
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isInt()) {
      return value.intValue();
    }
    if (value.isFloatingPointNumber()) {
      return value.doubleValue();
    }
    throw new IOException("a column has a value of no known type");
  }
}
