package io.soracourier.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpOutput;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.soracourier.diagnosis.Diagnosis;
import io.soracourier.diagnosis.DiagnosisRenderer;
import io.soracourier.diagnosis.Diagnostician;
import io.soracourier.handler.AzureFunction;
import io.soracourier.sora.JobId;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Answers {@code GET /api/diagnose/{jobId}} with where the job's content is, or why it cannot be
 * had: a page for a browser, JSON for a program. It copies nothing.
 */
@Singleton
@RegisterForReflection
public class Diagnose implements AzureFunction {
  public static final String NAME = "Diagnose";
  public static final String ROUTE = "diagnose/{jobId}";

  private final Diagnostician diagnostician;
  private final DiagnosisRenderer report;

  Diagnose(Diagnostician diagnostician, DiagnosisRenderer report) {
    this.diagnostician = diagnostician;
    this.report = report;
  }

  @FunctionName(NAME)
  public void diagnose(
      @HttpTrigger(
              name = "req",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = ROUTE)
          HttpRequestMessage<Optional<String>> request,
      @BindingName("jobId") String jobId,
      @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response,
      ExecutionContext context) {
    boolean page = DiagnosisRenderer.wantsPage(request.getHeaders().get("Accept"));
    String type = page ? "text/html; charset=utf-8" : "application/json; charset=utf-8";
    HttpStatus status;
    String body;
    if (JobId.isId(jobId)) {
      Diagnosis diagnosis = diagnostician.diagnose(new JobId(jobId));
      context.getLogger().info(jobId + ": " + diagnosis.conclusion().code());
      status = HttpStatus.OK;
      body = page ? report.page(diagnosis) : report.json(diagnosis);
    } else {
      status = HttpStatus.BAD_REQUEST;
      body = page ? report.problemPage(jobId) : report.problemJson(jobId);
    }
    response.setValue(
        request
            .createResponseBuilder(status)
            .header("Content-Type", type)
            .header("Cache-Control", "no-store")
            .header("Vary", "Accept")
            .header("X-Content-Type-Options", "nosniff")
            .header(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'")
            .body(body)
            .build());
  }
}
