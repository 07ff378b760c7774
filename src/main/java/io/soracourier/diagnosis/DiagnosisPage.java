package io.soracourier.diagnosis;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.soracourier.content.Finding;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.sora.SoraAuthentication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A diagnosis for a person: one page, without scripts. */
@CheckedTemplate(basePath = "")
final class DiagnosisPage {
  private DiagnosisPage() {}

  static native TemplateInstance diagnosis(Diagnosis diagnosis, List<Section> sections);

  static native TemplateInstance problem(String jobId, String message);

  static String of(Diagnosis diagnosis, SoraAuthentication authentication) {
    return diagnosis(diagnosis, Section.of(diagnosis.rows(), authentication)).render();
  }

  /**
   * The rows about one of the job's videos; those about the job stand among them.
   *
   * @param generationId null where there is none
   */
  record Section(@Nullable String generationId, List<RowView> rows) {
    static List<Section> of(List<Row> rows, SoraAuthentication authentication) {
      List<Section> sections = new ArrayList<>();
      for (Row row : rows) {
        Section last = sections.isEmpty() ? null : sections.get(sections.size() - 1);
        if (last == null
            || row.generationId() != null && !row.generationId().equals(last.generationId())) {
          last = new Section(row.generationId(), new ArrayList<>());
          sections.add(last);
        }
        last.rows().add(RowView.of(row, authentication));
      }
      return sections;
    }
  }

  /**
   * One row as the page shows it; what is null is left out.
   *
   * @param anonymous whether no request has a credential
   */
  record RowView(
      Row row, @Nullable String shape, @Nullable RequestCommands repetition, boolean anonymous) {
    static RowView of(Row row, SoraAuthentication authentication) {
      Finding finding = row.finding();
      if (finding == null) {
        return new RowView(row, null, null, authentication.isAnonymous());
      }
      Finding.Response response = finding.response();
      return new RowView(
          row,
          response == null || response.shape() == null ? null : response.shape().toPrettyString(),
          RequestCommands.of(finding, authentication),
          authentication.isAnonymous());
    }
  }
}
