package io.soracourier.url;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The elements of lists in a job's JSON that are about one of its generations, because they have
 * its id.
 *
 * @param owners ids by where the elements are, as {@link FoundUrl#where} has it: {@code
 *     generations[0]}; an empty id where an element of {@code generations} has none
 */
record ListedIds(Map<String, String> owners) {
  private static final String GENERATIONS = "generations[";

  ListedIds {
    owners = Map.copyOf(owners);
  }

  /**
   * @param ids of the job's generations
   */
  static ListedIds of(JsonNode job, Set<String> ids) {
    Map<String, String> owners = new HashMap<>();
    collect(job, "", ids, owners, 0);
    return new ListedIds(owners);
  }

  /** Whose the element is that something was found in, which may be nobody's that is known. */
  Optional<String> owner(String where) {
    return owners.entrySet().stream()
        .filter(element -> where.startsWith(element.getKey() + "."))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** What is inside an element with an id is about the same generation, whatever its ids are. */
  private static void collect(
      JsonNode node, String path, Set<String> ids, Map<String, String> owners, int depth) {
    if (depth > UrlFinder.MAX_DEPTH) {
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String inner = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      collect(field.getValue(), inner, ids, owners, depth + 1);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      JsonNode element = node.get(i);
      String where = path + "[" + i + "]";
      String id = element.path("id").asText();
      if (ids.contains(id) || where.startsWith(GENERATIONS)) {
        owners.put(where, id);
      } else {
        collect(element, where, ids, owners, depth + 1);
      }
    }
  }
}
