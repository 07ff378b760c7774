package io.soracourier.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which requests are calls of people and programs, and not the host's own. */
final class Calls {
  /** The host compares routes without regard to case; the rest of the path is an id. */
  private static final Pattern BEGINNING = Pattern.compile("/(?i:api)(?:/[^/]*)?");

  private Calls() {}

  /** Whether the path is below {@code /api}, in any case, as it was sent. */
  static boolean isCall(HttpServerRequest request) {
    Matcher beginning = BEGINNING.matcher(request.path());
    return beginning.lookingAt()
        && (beginning.end() == request.path().length()
            || request.path().charAt(beginning.end()) == '/');
  }

  /** Whether nothing is left of the path below {@code /api}. */
  static boolean isRoot(HttpServerRequest request) {
    return request.path().replace("/", "").equalsIgnoreCase("api");
  }

  /** The path of a call as the resources have it: its name, the second segment, in lower case. */
  static String path(String path) {
    Matcher beginning = BEGINNING.matcher(path);
    return beginning.lookingAt()
        ? beginning.group().toLowerCase(Locale.ROOT) + path.substring(beginning.end())
        : path;
  }
}
