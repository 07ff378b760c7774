package io.soracourier.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.content.FoundUrl.Source;
import io.soracourier.sora.Generation;
import io.soracourier.sora.Outputs;
import io.soracourier.sora.ServiceResponse;
import io.soracourier.sora.VideoJob;
import io.soracourier.sora.VideoUrls;
import io.soracourier.text.Excerpt;
import io.soracourier.text.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds URLs in answers: in properties that are known to carry one, at any depth, and in headers.
 */
final class UrlFinder {
  private static final List<String> HEADERS = List.of("Location", "Content-Location");
  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");
  private static final int MAX_URLS = 10;

  /** Of a job with several videos, of which each has one or a few. */
  private static final int MAX_URLS_OF_SEVERAL = 200;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_WHERE = 200;

  private UrlFinder() {}

  static List<FoundUrl> inProperties(ServiceResponse answer) {
    return inProperties(answer, MAX_URLS);
  }

  private static List<FoundUrl> inProperties(ServiceResponse answer, int most) {
    List<FoundUrl> found = new ArrayList<>();
    search(answer.json(), "", text -> false, answer.uri(), found, 0);
    return found.stream().limit(most).toList();
  }

  static List<FoundUrl> inHeaders(ServiceResponse answer) {
    List<FoundUrl> found = new ArrayList<>();
    for (String name : HEADERS) {
      for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
        if (header.getKey().equalsIgnoreCase(name)) {
          header.getValue().stream()
              .filter(VideoUrls::isUrl)
              .forEach(value -> add(Source.HEADER, name, value, answer.uri(), found));
        }
      }
    }
    return found;
  }

  /** Those in the properties of a job that are about one of its videos, see {@link #about}. */
  static List<FoundUrl> inProperties(VideoJob job, Generation video) {
    return job.generations().size() == 1
        ? inProperties(job.answer())
        : about(video, job, inProperties(job.answer(), MAX_URLS_OF_SEVERAL)).stream()
            .limit(MAX_URLS)
            .toList();
  }

  /** The same of its headers. */
  static List<FoundUrl> inHeaders(VideoJob job, Generation video) {
    List<FoundUrl> found = inHeaders(job.answer());
    return job.generations().size() == 1 ? found : about(video, job, found);
  }

  /**
   * Those URLs of a job with several videos that are about one of them: at its place in an array,
   * or with its id in them. To take another one's would be to deliver the wrong video.
   */
  private static List<FoundUrl> about(Generation video, VideoJob job, List<FoundUrl> urls) {
    return job.api().isJobItsVideo()
        ? ofOutput(video.index(), Outputs.of(job.answer().json()), urls)
        : about(video.id(), job.answer(), urls);
  }

  /**
   * All of them have the job's id in them, so that only the place tells. What is at none is about
   * the first one, unless it is another one's as well.
   */
  private static List<FoundUrl> ofOutput(int k, Outputs outputs, List<FoundUrl> urls) {
    Set<URI> others =
        urls.stream()
            .filter(url -> place(url, outputs).orElse(k) != k)
            .map(FoundUrl::uri)
            .collect(Collectors.toSet());
    return urls.stream()
        .filter(
            url -> {
              OptionalInt place = place(url, outputs);
              return place.isPresent()
                  ? place.getAsInt() == k
                  : k == 0 && !others.contains(url.uri());
            })
        .toList();
  }

  private static OptionalInt place(FoundUrl url, Outputs outputs) {
    return url.source() == Source.PROPERTY ? outputs.owner(url.where()) : OptionalInt.empty();
  }

  private static List<FoundUrl> about(
      String generationId, ServiceResponse job, List<FoundUrl> urls) {
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
      add(Source.PROPERTY, path, node.textValue(), base, found);
    }
  }

  /** Only where a property is for a URL can a path be told from a file on a server's disk. */
  private static Predicate<String> urls(String name, JsonNode value) {
    if (VideoUrls.isOfVideo(name)) {
      return text -> VideoUrls.isUrl(text) || RelativeUrl.isPath(text);
    }
    return VideoUrls.isList(name) && value.isArray() ? VideoUrls::isUrl : text -> false;
  }

  private static void add(
      Source source, String where, String text, URI base, List<FoundUrl> found) {
    if (found.size() == MAX_URLS_OF_SEVERAL) {
      return;
    }
    try {
      URI uri = RelativeUrl.resolve(base, new URI(UrlText.escaped(text)));
      if (uri.getHost() != null && !uri.equals(base)) {
        Secrets.registerQuery(uri);
        found.add(new FoundUrl(source, Excerpt.of(where, MAX_WHERE), uri));
      }
    } catch (URISyntaxException | IllegalArgumentException notUrl) {
      // a property of that name with something else in it
    }
  }
}
