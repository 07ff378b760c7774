package io.soracourier.content;

import io.soracourier.content.Probe.Probed;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.SoraException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was requested in a search and what came, for outcomes and their messages. */
final class Evidence {
  private static final Pattern INDEX = Pattern.compile("(output_)?index=\\d{1,3}");
  private static final int MAX_SHOWN = 3;

  private Evidence() {}

  static Attempt of(Probed probed) {
    if (probed.failure() != null) {
      return probed.failure().attempts().get(0);
    }
    Finding finding = probed.finding();
    Integer status = finding.answer() == null ? null : finding.answer().status();
    return Attempt.get(finding.shownUri(), status, finding.explanation());
  }

  /** With the query where that is what tells one video of a job from another: it has no secret. */
  static String request(Finding finding) {
    String query = finding.uri().getRawQuery();
    boolean tells = query != null && INDEX.matcher(query).matches();
    return "GET " + finding.shownUri().getRawPath() + (tells ? "?" + query : "");
  }

  /** That of a failure, which names what was requested as {@link #request} has it. */
  static String message(SoraException failure, Probed documented) {
    String message = failure.getMessage();
    String request = failure.attempts().get(0).request();
    return failure == documented.failure() && message.startsWith(request)
        ? request(documented.finding()) + message.substring(request.length())
        : message;
  }

  /** What the URLs that the job names answered in place of a video; empty where none was asked. */
  static String ofNamedUrls(Search search) {
    List<Attempt> named =
        search.probes().stream()
            .filter(probed -> probed.finding().via() != null && probed.refused() == null)
            .map(Evidence::of)
            .toList();
    if (named.isEmpty()) {
      return "";
    }
    String first = named.size() > MAX_SHOWN ? " (the first " + MAX_SHOWN + ")" : "";
    return named.stream()
        .limit(MAX_SHOWN)
        .map(Evidence::inWords)
        .collect(Collectors.joining("; ", "; of the URLs that the job names" + first + ": ", ""));
  }

  private static String inWords(Attempt attempt) {
    return attempt.status() == null
        ? attempt.request() + ": " + attempt.error()
        : "%s answered %d: %s".formatted(attempt.request(), attempt.status(), attempt.error());
  }
}
