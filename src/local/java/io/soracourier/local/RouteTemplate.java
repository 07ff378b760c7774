package io.soracourier.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The route of an HTTP trigger: {@code jobs/{id}}, {@code jobs/{id?}}, {@code jobs/{id:int}},
 * {@code files/{*path}}.
 */
final class RouteTemplate {
  private static final Map<String, String> CONSTRAINTS =
      Map.of(
          "int", "-?\\d{1,10}",
          "long", "-?\\d{1,19}",
          "alpha", "[a-zA-Z]+",
          "guid", "(?i)[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}");

  private record Segment(
      String name, boolean parameter, boolean optional, boolean rest, String form) {
    static Segment of(String text) {
      if (!text.startsWith("{")) {
        return new Segment(text, false, false, false, "");
      }
      String inner = text.substring(1, text.length() - 1);
      boolean rest = inner.startsWith("*");
      boolean optional = inner.endsWith("?");
      String name = inner.replaceFirst("^\\*+", "").replaceFirst("\\?$", "");
      String[] parts = name.split(":", 2);
      String form = parts.length == 1 ? ".+" : CONSTRAINTS.get(parts[1]);
      if (form == null) {
        throw new LocalStackException(
            "route: constraint '%s' is not supported".formatted(parts[1]));
      }
      return new Segment(parts[0], true, optional, rest, form);
    }
  }

  private final List<Segment> segments = new ArrayList<>();

  RouteTemplate(String template) {
    for (String part : template.split("/")) {
      if (!part.isEmpty()) {
        segments.add(Segment.of(part));
      }
    }
  }

  /** Routes with more literal segments are tried first. */
  int literals() {
    return (int) segments.stream().filter(segment -> !segment.parameter()).count();
  }

  /**
   * @param path decoded segments
   * @return route parameters by name, null for an optional one that is absent
   */
  Optional<Map<String, String>> match(List<String> path) {
    Map<String, String> parameters = new LinkedHashMap<>();
    int next = 0;
    for (Segment segment : segments) {
      if (segment.rest()) {
        parameters.put(segment.name(), String.join("/", path.subList(next, path.size())));
        return Optional.of(parameters);
      }
      if (next == path.size()) {
        if (!segment.optional()) {
          return Optional.empty();
        }
        parameters.put(segment.name(), null);
      } else if (segment.parameter()) {
        if (!path.get(next).matches(segment.form())) {
          return Optional.empty();
        }
        parameters.put(segment.name(), path.get(next++));
      } else if (!segment.name().equalsIgnoreCase(path.get(next++))) {
        return Optional.empty();
      }
    }
    return next == path.size() ? Optional.of(parameters) : Optional.empty();
  }
}
