package io.soracourier.content;

import io.soracourier.content.Finding.Result;
import io.soracourier.content.ProbeResult.Failed;
import io.soracourier.content.ProbeResult.NotFollowed;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.SoraException;
import io.soracourier.url.Redirect;
import io.soracourier.video.OtherForm;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was requested in a search and what came, for an outcome and its message.
 *
 * @param documented what came of the documented address
 */
record Evidence(Search search, ProbeResult documented) {
  private static final int MAX_SHOWN = 3;

  List<Attempt> attempts() {
    return search.results().stream().map(ProbeResult::attempt).toList();
  }

  /** That the content was not found, and what the documented address responded. */
  String nowhere() {
    int requested = search.results().size();
    return "the content of %s is %s"
        .formatted(
            search.generation().id(),
            requested == 1
                ? "not at its documented address, " + ofDocumented("")
                : "at none of %d addresses; ".formatted(requested)
                    + ofDocumented(", the documented one"));
  }

  /** That a response is not the video. */
  String noVideo(ProbeResult result) {
    Finding finding = result.finding();
    return "%s%s returned no video: %s"
        .formatted(finding.candidate().request(), redirected(finding), finding.explanation());
  }

  /** Where a response came from, if not from where it was requested. A refusal names that. */
  private static String redirected(Finding finding) {
    List<Redirect> redirects = finding.redirects();
    return redirects.isEmpty() || finding.result() == Result.NOT_FOLLOWED
        ? ""
        : ", redirected to %s,".formatted(redirects.get(redirects.size() - 1).printable());
  }

  /** That the video is in the job alone. */
  String inJob(OtherForm form) {
    return form.sentence("the job")
        + "; "
        + ofDocumented(", the documented address of the content");
  }

  private String ofDocumented(String which) {
    Finding finding = documented.finding();
    String words =
        finding.response() == null
            ? finding.explanation()
            : "returned %d: %s".formatted(finding.response().status(), finding.explanation());
    String redirected = redirected(finding).replaceFirst(",$", "");
    return finding.candidate().request() + which + redirected + ": " + words;
  }

  /** The message of a failure, which names what was requested as the candidate does. */
  String message(SoraException failure) {
    String message = failure.getMessage();
    String request = failure.attempts().get(0).request();
    return documented instanceof Failed it && it.failure() == failure && message.startsWith(request)
        ? documented.finding().candidate().request()
            + redirected(documented.finding())
            + message.substring(request.length())
        : message;
  }

  /**
   * One sentence on the first URL that was refused, unless the message has it. What a guess
   * redirects to is judged more strictly than what the documented address does.
   */
  String refusal() {
    boolean redirected = !documented.finding().redirects().isEmpty();
    return search
        .results(NotFollowed.class)
        .filter(refused -> refused.finding().isKnown() || !redirected)
        .map(refused -> refused.refusal().getMessage())
        .findFirst()
        .filter(sentence -> !sentence.equals(documented.finding().explanation()))
        .map(sentence -> "; " + sentence)
        .orElse("");
  }

  /**
   * What the URLs that the job contains gave in place of a video; empty where none was requested.
   */
  String ofNamedUrls() {
    List<Attempt> named =
        search.results().stream()
            .filter(result -> result.finding().via() != null && !(result instanceof NotFollowed))
            .map(ProbeResult::attempt)
            .toList();
    if (named.isEmpty()) {
      return "";
    }
    String first = named.size() > MAX_SHOWN ? " (the first " + MAX_SHOWN + ")" : "";
    return named.stream()
        .limit(MAX_SHOWN)
        .map(Evidence::inWords)
        .collect(
            Collectors.joining("; ", "; of the URLs that the job contains" + first + ": ", ""));
  }

  private static String inWords(Attempt attempt) {
    return attempt.status() == null
        ? attempt.request() + ": " + attempt.error()
        : "%s returned %d: %s".formatted(attempt.request(), attempt.status(), attempt.error());
  }
}
