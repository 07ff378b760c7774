package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Result;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.sora.PlaceName;
import io.soracourier.url.Redirect;
import java.util.List;
import java.util.Objects;

/**
 * Why the same redirect is not followed from one address and is followed from another: from the
 * documented one it may lead to any public host, from others only to hosts of the setting.
 */
final class SameRedirect {
  private static final String ELSEWHERE =
      "; the documented endpoint redirects there too, and a redirect of that one may lead to any"
          + " public host: its row says what came";

  private SameRedirect() {}

  /**
   * @param rows of the same video
   */
  static Row explained(Row row, List<Row> rows) {
    Finding finding = row.finding();
    if (finding == null || finding.result() != Result.NOT_FOLLOWED) {
      return row;
    }
    List<String> hosts = hosts(finding);
    boolean same =
        !hosts.isEmpty()
            && rows.stream()
                .filter(other -> other.place() == PlaceName.DOCUMENTED)
                .map(Row::finding)
                .filter(Objects::nonNull)
                .filter(other -> other.result() != Result.NOT_FOLLOWED)
                .anyMatch(other -> hosts(other).contains(hosts.get(hosts.size() - 1)));
    return same
        ? new Row(
            row.place(), row.generationId(), finding, row.unasked(), row.explanation() + ELSEWHERE)
        : row;
  }

  private static List<String> hosts(Finding finding) {
    return finding.redirects().stream()
        .map(Redirect::to)
        .map(to -> String.valueOf(to.getRawAuthority()))
        .toList();
  }
}
