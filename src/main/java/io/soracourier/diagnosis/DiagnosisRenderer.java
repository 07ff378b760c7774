package io.soracourier.diagnosis;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.soracourier.sora.SoraAuthentication;
import io.soracourier.sora.SoraErrors;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Locale;

/** Writes a diagnosis for its reader. */
@ApplicationScoped
public class DiagnosisRenderer {
  private static final String NOT_AN_ID =
      "that is not a job id: an id is 1 to 200 letters, digits, '_' and '-', for example task_01k742sg3vabcdefghjkmnpqrs";

  private final SoraAuthentication authentication;

  DiagnosisRenderer(SoraAuthentication authentication) {
    this.authentication = authentication;
  }

  /** Whether an {@code Accept} header asks for HTML rather than JSON, as a browser's does. */
  public static boolean wantsPage(String accept) {
    if (accept == null) {
      return false;
    }
    double html = quality(accept, "text/html");
    return html > 0 && html >= quality(accept, "application/json");
  }

  public String page(Diagnosis diagnosis) {
    return DiagnosisPage.of(diagnosis, authentication);
  }

  public String json(Diagnosis diagnosis) {
    return DiagnosisJson.of(diagnosis, authentication).toPrettyString();
  }

  public String problemPage(String jobId) {
    return DiagnosisPage.problem(SoraErrors.printable(String.valueOf(jobId)), NOT_AN_ID).render();
  }

  public String problemJson(String jobId) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("jobId", SoraErrors.printable(String.valueOf(jobId)))
        .put("error", NOT_AN_ID)
        .toPrettyString();
  }

  /** The weight that an Accept header gives a type by name; 0 when it does not name it. */
  private static double quality(String accept, String type) {
    return Arrays.stream(accept.toLowerCase(Locale.ROOT).split(","))
        .map(range -> range.replaceAll("\\s", ""))
        .filter(range -> range.equals(type) || range.startsWith(type + ";"))
        .mapToDouble(DiagnosisRenderer::weight)
        .max()
        .orElse(0);
  }

  private static double weight(String range) {
    String q = range.replaceFirst(".*;q=([0-9.]+).*", "$1");
    return q.matches("[01](\\.\\d{0,3})?") ? Double.parseDouble(q) : 1;
  }
}
