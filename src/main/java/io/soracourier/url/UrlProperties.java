package io.soracourier.url;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The properties in which people look for a video's URL, by the names that are passed around. */
public final class UrlProperties {
  /** In the order of those instructions. */
  public static final List<String> TRIED =
      List.of(
          "url", "video_url", "output_url", "content_url", "download_url", "file", "data[0].url");

  private UrlProperties() {}

  /** Which of them have a value in a JSON body; null and blank text are none. */
  public static List<String> in(JsonNode json) {
    return TRIED.stream().filter(name -> hasValue(at(json, name))).toList();
  }

  private static boolean hasValue(JsonNode node) {
    return !node.isMissingNode()
        && !node.isNull()
        && !(node.isTextual() && node.asText().isBlank());
  }

  private static JsonNode at(JsonNode json, String name) {
    return name.equals("data[0].url") ? json.at("/data/0/url") : json.path(name);
  }
}
