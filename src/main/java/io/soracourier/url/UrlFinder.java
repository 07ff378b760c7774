package io.soracourier.url;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.sora.ServiceResponse;
import io.soracourier.sora.VideoUrls;
import io.soracourier.text.Excerpt;
import io.soracourier.text.Secrets;
import io.soracourier.url.FoundUrl.Source;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds URLs in responses: in properties that are known to carry one, at any depth, and in headers.
 */
public final class UrlFinder {
  private static final List<String> HEADERS = List.of("Location", "Content-Location");

  /** Of one video. */
  static final int MAX_URLS = 10;

  /** Of a job with several videos, of which each has one or a few. */
  private static final int MAX_URLS_OF_SEVERAL = 200;

  /** Of the JSON that is searched. */
  static final int MAX_DEPTH = 16;

  private static final int MAX_WHERE = 200;

  /** Where a body is nothing but a URL. */
  private static final String THE_TEXT = "the text";

  private UrlFinder() {}

  /** Those in the properties, then those in the headers. */
  public static List<FoundUrl> in(ServiceResponse response) {
    return Stream.concat(
            inProperties(response).stream().limit(MAX_URLS), inHeaders(response).stream())
        .toList();
  }

  static List<FoundUrl> inProperties(ServiceResponse response) {
    List<FoundUrl> found = new ArrayList<>();
    search(response.json(), "", VideoUrls::isOnlyUrl, response.uri(), found, 0);
    return found;
  }

  static List<FoundUrl> inHeaders(ServiceResponse response) {
    List<FoundUrl> found = new ArrayList<>();
    for (String name : HEADERS) {
      for (Map.Entry<String, List<String>> header : response.headers().entrySet()) {
        if (header.getKey().equalsIgnoreCase(name)) {
          header.getValue().stream()
              .filter(VideoUrls::isUrl)
              .forEach(value -> add(Source.HEADER, name, value, response.uri(), found));
        }
      }
    }
    return found;
  }

  /**
   * @param isUrl which texts count, by the name of the property they are in
   */
  private static void search(
      JsonNode node,
      String path,
      Predicate<String> isUrl,
      URI base,
      List<FoundUrl> found,
      int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String name = field.getKey();
        JsonNode value = field.getValue();
        if (VideoUrls.isOfOther(name)) {
          continue;
        }
        String where = path.isEmpty() ? name : path + "." + name;
        search(value, where, urls(name, value), base, found, depth + 1);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        search(node.get(i), path + "[" + i + "]", isUrl, base, found, depth + 1);
      }
    } else if (node.isTextual() && isUrl.test(node.textValue().strip())) {
      String where = path.isEmpty() ? THE_TEXT : path;
      add(Source.PROPERTY, where, node.textValue(), base, found);
    }
  }

  /**
   * Only in a property that is for a URL is a path distinguishable from a file on a server's disk.
   */
  private static Predicate<String> urls(String name, JsonNode value) {
    boolean list = value.isArray();
    return text ->
        VideoUrls.isUrl(name, list, text) || VideoUrls.isOfVideo(name) && RelativeUrl.isPath(text);
  }

  private static void add(
      Source source, String where, String text, URI base, List<FoundUrl> found) {
    if (found.size() == MAX_URLS_OF_SEVERAL) {
      return;
    }
    try {
      URI uri = RelativeUrl.resolve(base, new URI(UrlText.escaped(text)));
      // One whose host is not a name is reported, and not followed.
      if (uri.getRawAuthority() != null && !uri.equals(base)) {
        Secrets.registerQuery(uri);
        found.add(new FoundUrl(source, Excerpt.of(where, MAX_WHERE), uri));
      }
    } catch (URISyntaxException | IllegalArgumentException notUrl) {
      // a property of that name with something else in it
    }
  }
}
