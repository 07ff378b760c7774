package io.soracourier.diagnosis;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.soracourier.content.Finding;
import io.soracourier.content.FoundUrl;
import io.soracourier.diagnosis.Diagnosis.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A diagnosis for a person: one page, without scripts. */
@CheckedTemplate(basePath = "")
final class DiagnosisPage {
  private DiagnosisPage() {}

  static native TemplateInstance diagnosis(Diagnosis diagnosis, List<RowView> rows);

  static native TemplateInstance problem(String jobId, String message);

  static String of(Diagnosis diagnosis, Map.Entry<String, String> credential) {
    return diagnosis(
            diagnosis, diagnosis.rows().stream().map(row -> RowView.of(row, credential)).toList())
        .render();
  }

  /** One row as the page shows it; what is null is left out. */
  record RowView(
      String name,
      String generationId,
      String verdict,
      String explanation,
      String url,
      Integer status,
      String contentType,
      String requestId,
      Long milliseconds,
      String shape,
      List<String> urls,
      List<String> headers,
      Repetition repetition) {
    static RowView of(Row row, Map.Entry<String, String> credential) {
      Finding finding = row.finding();
      if (finding == null) {
        return new RowView(
            row.name(),
            row.generationId(),
            "nothing-to-ask",
            row.note(),
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of(),
            null);
      }
      return new RowView(
          row.name(),
          row.generationId(),
          finding.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          finding.explanation(),
          finding.printableUri(),
          finding.status(),
          finding.contentType(),
          finding.requestId(),
          finding.took().toMillis(),
          finding.shape() == null ? null : finding.shape().toPrettyString(),
          finding.urls().stream().map(RowView::line).toList(),
          finding.headers().entrySet().stream()
              .map(header -> header.getKey() + ": " + header.getValue())
              .toList(),
          Repetition.of(finding, credential));
    }

    private static String line(FoundUrl url) {
      return url.where() + ": " + url.printable();
    }
  }
}
