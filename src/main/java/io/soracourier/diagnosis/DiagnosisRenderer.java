package io.soracourier.diagnosis;

import io.soracourier.sora.JobId;
import io.soracourier.sora.SoraAuthentication;
import io.soracourier.sora.SoraErrors;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes a diagnosis for its reader. */
@ApplicationScoped
public class DiagnosisRenderer {
  /** What is wrong with text that is not an id, and what to do. */
  public static final String NOT_AN_ID =
      "that is not a job id: an id is 1 to %d letters, digits, and any of _ - . ~ = : +, or %% with two hex digits, for example task_01k742sg3vabcdefghjkmnpqrs"
          .formatted(JobId.MAX_LENGTH);

  private final SoraAuthentication authentication;

  DiagnosisRenderer(SoraAuthentication authentication) {
    this.authentication = authentication;
  }

  public String page(Diagnosis diagnosis) {
    return DiagnosisPage.of(diagnosis, authentication);
  }

  public String json(Diagnosis diagnosis) {
    return DiagnosisJson.of(diagnosis, authentication).toPrettyString();
  }

  public String problemPage(String jobId) {
    return DiagnosisPage.problem(SoraErrors.printable(jobId), NOT_AN_ID).render();
  }
}
