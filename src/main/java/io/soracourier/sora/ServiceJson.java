package io.soracourier.sora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * Reads JSON of video services as leniently as they write it: after a byte order mark, and with
 * {@code NaN} and {@code Infinity}, which Python writes.
 */
public final class ServiceJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
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

  /**
   * @throws JsonProcessingException when a field is of another type
   */
  static <T> T convert(JsonNode json, Class<T> type) throws JsonProcessingException {
    return JSON.treeToValue(json, type);
  }
}
