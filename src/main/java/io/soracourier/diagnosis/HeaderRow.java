package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Result;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.diagnosis.Diagnosis.Row.Unasked;
import io.soracourier.sora.PlaceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A URL in a header, where the header is that of a response which is part of another row. */
final class HeaderRow {
  private static final List<String> HEADERS = List.of("Location", "Content-Location");

  /** Responses that one row names. */
  private static final int MAX_NAMED = 10;

  private HeaderRow() {}

  /**
   * @param rows those of all requests for the video
   * @param ifNone what there is to say where no response has such a header
   */
  static Row of(String generationId, List<Row> rows, String ifNone) {
    List<String> sentences =
        rows.stream()
            .map(Row::finding)
            .filter(Objects::nonNull)
            .flatMap(finding -> sentences(finding).stream())
            .toList();
    return sentences.isEmpty()
        ? Row.unasked(PlaceName.URL_IN_HEADER, generationId, Unasked.NOTHING_TO_ASK, ifNone)
        : Row.unasked(
            PlaceName.URL_IN_HEADER,
            generationId,
            Unasked.ASKED_ALREADY,
            sentences.stream().limit(MAX_NAMED).collect(Collectors.joining("; "))
                + (sentences.size() > MAX_NAMED
                    ? "; %d more are in the other rows".formatted(sentences.size() - MAX_NAMED)
                    : ""));
  }

  private static List<String> sentences(Finding finding) {
    List<String> sentences = new ArrayList<>();
    if (!finding.redirects().isEmpty()) {
      sentences.add(ofRedirects(finding));
    }
    Finding.Response response = finding.response();
    if (response != null && finding.result() != Result.VIDEO) {
      HEADERS.stream()
          .filter(response.headers()::containsKey)
          .map(name -> ofHeader(finding.place().label(), response, name))
          .forEach(sentences::add);
    }
    return sentences;
  }

  private static String ofRedirects(Finding finding) {
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

  private static String ofHeader(String place, Finding.Response response, String name) {
    return "%s returned %d with %s: %s, which is not followed"
        .formatted(place, response.status(), name, response.headers().get(name));
  }
}
