package io.soracourier.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.sora.ServiceAnswer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds URLs in answers: in properties that are known to carry one, at any depth, and in headers.
 */
final class UrlFinder {
  private static final Set<String> PROPERTIES =
      Set.of("url", "video_url", "output_url", "content_url", "download_url", "file");
  private static final List<String> HEADERS = List.of("Location", "Content-Location");
  private static final int MOST = 10;
  private static final int DEEPEST = 16;

  private UrlFinder() {}

  static List<FoundUrl> inProperties(ServiceAnswer answer) {
    List<FoundUrl> found = new ArrayList<>();
    search(answer.json(), "", false, answer.uri(), found, 0);
    return found;
  }

  static List<FoundUrl> inHeaders(ServiceAnswer answer) {
    List<FoundUrl> found = new ArrayList<>();
    for (String name : HEADERS) {
      for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
        if (header.getKey().equalsIgnoreCase(name)) {
          header.getValue().forEach(value -> add(name, value, answer.uri(), found));
        }
      }
    }
    return found;
  }

  private static void search(
      JsonNode node, String path, boolean named, URI base, List<FoundUrl> found, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String name = field.getKey();
        boolean known = PROPERTIES.contains(name.toLowerCase(Locale.ROOT));
        search(
            field.getValue(),
            path.isEmpty() ? name : path + "." + name,
            known,
            base,
            found,
            depth + 1);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        search(node.get(i), path + "[" + i + "]", named, base, found, depth + 1);
      }
    } else if (named && node.isTextual()) {
      add(path, node.textValue(), base, found);
    }
  }

  /** A URL is absolute, or a path that begins with a slash; anything else is not taken for one. */
  private static void add(String where, String text, URI base, List<FoundUrl> found) {
    try {
      URI uri = base.resolve(new URI(text.strip()));
      boolean looksLikeOne = text.strip().matches("(?i)(https?://|/).+");
      if (looksLikeOne && uri.getHost() != null && !uri.equals(base) && found.size() < MOST) {
        found.add(new FoundUrl(where, uri));
      }
    } catch (URISyntaxException | IllegalArgumentException notUrl) {
      // a property of that name with something else in it
    }
  }
}
