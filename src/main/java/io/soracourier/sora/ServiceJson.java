package io.soracourier.sora;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Reads JSON of video services as leniently as they write it: after a byte order mark, and with
 * {@code NaN} and {@code Infinity}, which Python writes.
 */
public final class ServiceJson {
  /** A field that nobody reads must not make a job unreadable. */
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNumberLength(10_000)
          .maxNestingDepth(10_000)
          .maxNameLength(ReceivedJson.MAX_KEPT)
          .build();

  private static final ObjectMapper JSON =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private ServiceJson() {}

  /**
   * @return missing for a blank text
   * @throws JsonProcessingException when it is not JSON
   */
  public static JsonNode read(String text) throws JsonProcessingException {
    JsonNode json = JSON.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    return json == null ? MissingNode.getInstance() : json;
  }

  /** An object or an array; missing where it is anything else. */
  public static JsonNode document(String text) {
    try {
      JsonNode json = read(text);
      return json.isContainerNode() ? json : MissingNode.getInstance();
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** The same; else the JSON string that the body is; else the body itself as one. */
  public static JsonNode documentOrText(String text) {
    try {
      JsonNode json = read(text);
      return json.isContainerNode() || json.isTextual() ? json : MissingNode.getInstance();
    } catch (JsonProcessingException notJson) {
      return TextNode.valueOf(text.strip());
    }
  }
}
