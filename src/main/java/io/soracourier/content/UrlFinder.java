package io.soracourier.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.content.FoundUrl.Source;
import io.soracourier.sora.ServiceResponse;
import io.soracourier.text.Excerpt;
import io.soracourier.text.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds URLs in answers: in properties that are known to carry one, at any depth, and in headers.
 */
final class UrlFinder {
  private static final Pattern PROPERTIES =
      Pattern.compile("(?i)((video|output|content|download|result|unsigned)_?)?(url|uri)s?|files?");

  /** What has a URL of its own, and is not the video that was made. */
  private static final Pattern OTHERS =
      Pattern.compile(
          "(?i).*(input|source|reference|image|picture|thumbnail|cover|poster|preview|sprite|audio"
              + "|frame|mask|original|remix|webhook|callback).*");

  private static final List<String> HEADERS = List.of("Location", "Content-Location");
  private static final Pattern URL = Pattern.compile("(?i)(https?://|/).+");
  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");
  private static final int MAX_URLS = 10;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_WHERE = 200;

  private UrlFinder() {}

  static List<FoundUrl> inProperties(ServiceResponse answer) {
    List<FoundUrl> found = new ArrayList<>();
    search(answer.json(), "", false, answer.uri(), found, 0);
    return found;
  }

  static List<FoundUrl> inHeaders(ServiceResponse answer) {
    List<FoundUrl> found = new ArrayList<>();
    for (String name : HEADERS) {
      for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
        if (header.getKey().equalsIgnoreCase(name)) {
          header.getValue().forEach(value -> add(Source.HEADER, name, value, answer.uri(), found));
        }
      }
    }
    return found;
  }

  /**
   * Those URLs of a job with several videos that are about one of them: at its place in an array,
   * or with its id in them. To take another one's would be to deliver the wrong video.
   */
  static List<FoundUrl> about(String generationId, ServiceResponse job, List<FoundUrl> urls) {
    int index = index(generationId, job.json().path("generations"));
    return urls.stream()
        .filter(
            url -> {
              Matcher first = INDEX.matcher(url.where());
              return url.uri().toString().contains(generationId)
                  || url.source() == Source.PROPERTY
                      && first.find()
                      && first.group(1).equals(String.valueOf(index));
            })
        .toList();
  }

  private static int index(String generationId, JsonNode generations) {
    for (int i = 0; i < generations.size(); i++) {
      if (generations.get(i).path("id").asText().equals(generationId)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a property of this name is about something else than the video that was made. */
  static boolean isAnother(String name) {
    return OTHERS.matcher(name).matches();
  }

  private static void search(
      JsonNode node, String path, boolean named, URI base, List<FoundUrl> found, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String name = field.getKey();
        boolean known = PROPERTIES.matcher(name).matches();
        if (isAnother(name)) {
          continue;
        }
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
      add(Source.PROPERTY, path, node.textValue(), base, found);
    }
  }

  /** A URL is absolute, or a path that begins with a slash; anything else is not taken for one. */
  private static void add(
      Source source, String where, String text, URI base, List<FoundUrl> found) {
    String stripped = text.strip();
    if (found.size() == MAX_URLS || !URL.matcher(stripped).matches()) {
      return;
    }
    try {
      URI uri = base.resolve(new URI(UrlText.escaped(stripped)));
      if (uri.getHost() != null && !uri.equals(base)) {
        Secrets.registerQuery(uri);
        found.add(new FoundUrl(source, Excerpt.of(where, MAX_WHERE), uri));
      }
    } catch (URISyntaxException | IllegalArgumentException notUrl) {
      // a property of that name with something else in it
    }
  }
}
