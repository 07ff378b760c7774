package io.soracourier.sora;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * The videos that a job of the {@code /videos} shape announces, counted from 0: by a number, or by
 * lists with a URL for each of them. The job's JSON may have the lists at its top, or in an object
 * there.
 *
 * @param count at least one
 * @param lists for each list that announces several, where its entries are: {@code urls[0]}
 * @param queries which queries of the content route may select one of them, the likelier first; one
 *     where the server shows which
 */
public record Outputs(int count, List<List<String>> lists, List<String> queries) {
  static final String INDEX = "index";
  static final String OUTPUT_INDEX = "output_index";

  /** No server makes so many in one job: a larger number is not a number of videos. */
  private static final int MAX_BELIEVABLE = 100;

  private static final Set<String> AROUND =
      Set.of("data", "output", "outputs", "result", "results", "response", "video", "metadata");
  private static final Set<String> TYPES =
      Set.of("type", "kind", "role", "content_type", "mime_type", "media_type");
  private static final Pattern INDEXED = Pattern.compile("[?&](output_)?index=\\d");
  private static final Pattern POSITION = Pattern.compile("\\[(\\d{1,6})]");
  private static final String FILE_PATHS = "file_paths";
  private static final int MAX_DEPTH = 4;

  public Outputs {
    lists = List.copyOf(lists);
    queries = List.copyOf(queries);
  }

  /** The outputs of a job. */
  public static Outputs of(JsonNode job) {
    List<List<String>> lists = new ArrayList<>();
    collect(job, "", lists);
    for (String around : AROUND) {
      JsonNode inner = job.path(around);
      boolean alone = inner.isArray() && inner.size() == 1;
      collect(alone ? inner.get(0) : inner, around + (alone ? "[0]." : "."), lists);
    }
    int listed = lists.stream().mapToInt(List::size).max().orElse(1);
    return new Outputs(Math.max(listed, number(job)), lists, queries(job));
  }

  /** Which of the videos a URL is of, by where it was found; empty where that does not say. */
  public OptionalInt owner(String where) {
    for (List<String> list : lists) {
      OptionalInt owner =
          IntStream.range(0, list.size()).filter(k -> isAt(where, list.get(k))).findFirst();
      if (owner.isPresent()) {
        return owner;
      }
    }
    Matcher position = POSITION.matcher(where);
    return position.find()
        ? OptionalInt.of(Integer.parseInt(position.group(1)))
        : OptionalInt.empty();
  }

  private static boolean isAt(String where, String entry) {
    return where.startsWith(entry)
        && (where.length() == entry.length() || ".[".indexOf(where.charAt(entry.length())) >= 0);
  }

  private static int number(JsonNode job) {
    // No time is read.
    Integer number = new JobFields(job, Instant.EPOCH).number("num_outputs");
    return number == null || number > MAX_BELIEVABLE ? 1 : number;
  }

  private static void collect(JsonNode object, String path, Collection<List<String>> lists) {
    if (!object.isObject()) {
      return;
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = field.getKey();
      JsonNode list = field.getValue();
      if (!list.isArray() || !VideoUrls.isList(name)) {
        continue;
      }
      List<String> entries = new ArrayList<>();
      int urls = 0;
      for (int i = 0; i < list.size(); i++) {
        if (!isOther(list.get(i))) {
          entries.add(path + name + "[" + i + "]");
          urls += isOrHasUrl(list.get(i), name, true, 0) ? 1 : 0;
        }
      }
      if (urls > 1) {
        lists.add(List.copyOf(entries));
      }
    }
  }

  /** A picture among the videos, by its own words. */
  private static boolean isOther(JsonNode entry) {
    return TYPES.stream().anyMatch(type -> VideoUrls.isOfOther(entry.path(type).asText()));
  }

  /**
   * @param name of the property that it is in
   * @param inList whether that has a list, with it in there
   */
  private static boolean isOrHasUrl(JsonNode node, String name, boolean inList, int depth) {
    if (node.isTextual()) {
      return name.equals(FILE_PATHS)
          ? !node.textValue().isBlank()
          : VideoUrls.isUrl(name, inList, node.textValue());
    }
    if (depth == MAX_DEPTH) {
      return false;
    }
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false)
            .anyMatch(entry -> isOrHasUrl(entry, name, true, depth + 1))
        : node.properties().stream()
            .filter(field -> !VideoUrls.isOfOther(field.getKey()))
            .anyMatch(field -> isOrHasUrl(field.getValue(), field.getKey(), false, depth + 1));
  }

  private static List<String> queries(JsonNode job) {
    boolean index = job.path("unsigned_urls").isArray();
    for (Map.Entry<String, JsonNode> field : job.properties()) {
      for (String url :
          VideoUrls.isList(field.getKey()) ? texts(field.getValue()) : List.<String>of()) {
        Matcher shown = INDEXED.matcher(url);
        if (shown.find()) {
          return List.of(shown.group(1) == null ? INDEX : OUTPUT_INDEX);
        }
      }
    }
    if (index) {
      return List.of(INDEX);
    }
    return Set.of("num_outputs", "urls", FILE_PATHS).stream().anyMatch(job::hasNonNull)
        ? List.of(OUTPUT_INDEX)
        : List.of(INDEX, OUTPUT_INDEX);
  }

  /** Those of a list, and of the objects in it. */
  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .flatMap(
            entry ->
                entry.isObject()
                    ? StreamSupport.stream(entry.spliterator(), false)
                    : java.util.stream.Stream.of(entry))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .toList();
  }
}
