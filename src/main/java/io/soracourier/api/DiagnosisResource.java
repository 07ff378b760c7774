package io.soracourier.api;

import io.smallrye.common.annotation.Blocking;
import io.soracourier.diagnosis.Diagnosis;
import io.soracourier.diagnosis.DiagnosisRenderer;
import io.soracourier.diagnosis.Diagnostician;
import io.soracourier.sora.JobId;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * Returns where a job's content is, or why it is not available: a page for a browser, JSON for a
 * program. It copies nothing.
 */
@Path("/api/diagnose/{jobId}")
public class DiagnosisResource {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String JSON = "application/json; charset=utf-8";
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  private final Diagnostician diagnostician;
  private final DiagnosisRenderer renderer;

  DiagnosisResource(Diagnostician diagnostician, DiagnosisRenderer renderer) {
    this.diagnostician = diagnostician;
    this.renderer = renderer;
  }

  @GET
  @Blocking
  public Response diagnose(
      @Context HttpServerRequest request,
      @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) {
    boolean page = AcceptHeader.wantsPage(accept);
    String id = ForwardedPath.lastSegment(request);
    Response.ResponseBuilder response;
    if (JobId.isId(id)) {
      Diagnosis diagnosis = diagnostician.diagnose(new JobId(id));
      response =
          page ? html(renderer.page(diagnosis)) : Response.ok(renderer.json(diagnosis), JSON);
    } else if (page) {
      response = html(renderer.problemPage(id)).status(Response.Status.BAD_REQUEST);
    } else {
      Problem problem = Problem.of(Response.Status.BAD_REQUEST, DiagnosisRenderer.NOT_AN_ID);
      response = ProblemMapper.response(problem);
    }
    return response
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header("Content-Security-Policy", POLICY)
        .build();
  }

  private static Response.ResponseBuilder html(String page) {
    return Response.ok(page, HTML);
  }
}
