package io.soracourier.sora;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list of jobs is wanted, as far as the server takes such wishes.
 *
 * @param after the cursor behind which it begins, the id of a job as a rule; null: at the beginning
 * @param limit of jobs, 1 to 100; 0: as many as the server likes
 * @param oldestFirst whether the oldest come first, where the API supports it
 */
public record JobsQuery(@Nullable String after, int limit, boolean oldestFirst) {
  /**
   * A path for that page, with {@code limit=…&order=asc&after=…} as far as that is requested.
   *
   * @param path of the list
   */
  String of(String path, boolean withOrder) {
    StringJoiner parameters = new StringJoiner("&");
    if (limit > 0) {
      parameters.add("limit=" + limit);
    }
    if (withOrder && oldestFirst) {
      parameters.add("order=asc");
    }
    if (after != null) {
      parameters.add("after=" + PathSegment.of(after));
    }
    return PathSegment.withQuery(path, parameters.toString());
  }
}
