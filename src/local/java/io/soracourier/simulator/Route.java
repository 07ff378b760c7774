package io.soracourier.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every documented operation of both APIs. Paths are relative to the base, {@code /openai/v1}. */
public enum Route {
  CREATE_JOB(Api.SORA_1, "POST", "/video/generations/jobs"),
  LIST_JOBS(Api.SORA_1, "GET", "/video/generations/jobs"),
  GET_JOB(Api.SORA_1, "GET", "/video/generations/jobs/{id}"),
  DELETE_JOB(Api.SORA_1, "DELETE", "/video/generations/jobs/{id}"),
  GET_GENERATION(Api.SORA_1, "GET", "/video/generations/{id}"),
  GET_THUMBNAIL(Api.SORA_1, "GET", "/video/generations/{id}/content/thumbnail"),
  GET_CONTENT(Api.SORA_1, "GET", "/video/generations/{id}/content/video"),
  HEAD_CONTENT(Api.SORA_1, "HEAD", "/video/generations/{id}/content/video"),

  CREATE_VIDEO(Api.SORA_2, "POST", "/videos"),
  LIST_VIDEOS(Api.SORA_2, "GET", "/videos"),
  GET_VIDEO(Api.SORA_2, "GET", "/videos/{id}"),
  DELETE_VIDEO(Api.SORA_2, "DELETE", "/videos/{id}"),
  REMIX_VIDEO(Api.SORA_2, "POST", "/videos/{id}/remix"),
  GET_VIDEO_CONTENT(Api.SORA_2, "GET", "/videos/{id}/content");

  final Api api;
  private final String method;
  private final String template;
  private final Pattern pattern;

  Route(Api api, String method, String template) {
    this.api = api;
    this.method = method;
    this.template = template;
    this.pattern = Pattern.compile(template.replace("{id}", "([^/]+)"));
  }

  /** A route and the id in its path, decoded; empty for those without. */
  record Match(Route route, Optional<String> id) {}

  /** The path below the base for an id. */
  public String path(String id) {
    return template.replace("{id}", id);
  }

  static Optional<Match> of(String method, String path) {
    return Arrays.stream(values())
        .filter(route -> route.method.equals(method))
        .flatMap(route -> route.match(path).stream())
        .findFirst();
  }

  /** Percent-escapes are decoded, once; a plus sign is itself in a path. */
  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noEscape) {
      return segment;
    }
  }

  private Optional<Match> match(String path) {
    Matcher matcher = pattern.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<String> id =
        matcher.groupCount() == 0 ? Optional.empty() : Optional.of(decoded(matcher.group(1)));
    return Optional.of(new Match(this, id));
  }
}
