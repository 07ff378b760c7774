package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.diagnosis.Diagnosis.Row.Unasked;
import io.soracourier.sora.PlaceName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A URL in a header, where the header was that of a redirect, which is part of another row. */
final class RedirectRow {
  private RedirectRow() {}

  /**
   * @param rows those of all requests for the video
   * @param ifNone what there is to say where nothing redirected
   */
  static Row of(String generationId, List<Row> rows, String ifNone) {
    List<Finding> redirected =
        rows.stream()
            .map(Row::finding)
            .filter(Objects::nonNull)
            .filter(finding -> !finding.redirects().isEmpty())
            .toList();
    return redirected.isEmpty()
        ? Row.unasked(PlaceName.URL_IN_HEADER, generationId, Unasked.NOTHING_TO_ASK, ifNone)
        : Row.unasked(
            PlaceName.URL_IN_HEADER,
            generationId,
            Unasked.ASKED_ALREADY,
            redirected.stream().map(RedirectRow::sentence).collect(Collectors.joining("; ")));
  }

  private static String sentence(Finding finding) {
    return "%s returned %s, which led to %s"
        .formatted(
            finding.place().label(),
            finding.redirects().stream()
                .map(redirect -> redirect.status() + " and Location: " + redirect.printable())
                .collect(Collectors.joining(", then ")),
            finding.response() == null
                ? finding.result().code()
                : finding.response().status() + " (" + finding.result().code() + ")");
  }
}
