package io.soracourier.api;

import io.soracourier.text.Excerpt;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns whatever goes wrong below {@code /api} into a response with a sentence: a {@link Problem},
 * what Quarkus itself refuses (path, method, types, malformed values), and what nobody expected,
 * which is logged once and shown without anything from inside.
 */
class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final int MAX_ID = 100;

  @ServerExceptionMapper
  Response problem(Problem problem) {
    return response(problem).build();
  }

  @ServerExceptionMapper
  Response refusedByQuarkus(WebApplicationException refusal, HttpServerRequest request) {
    Response original = refusal.getResponse();
    if (!Calls.isCall(request) || original.getStatus() < 400) {
      return original;
    }
    if (original.getStatus() >= 500) {
      return unexpected(refusal, request);
    }
    // For a value of another type Quarkus sends the 404 of an unknown path.
    boolean value = original.getStatus() == 404 && refusal.getCause() != null;
    return response(value ? Problems.malformed() : Problems.refused(original.getStatus())).build();
  }

  @ServerExceptionMapper
  Response unexpected(Throwable failure, HttpServerRequest request) {
    String id = String.valueOf(request.getHeader("X-Azure-Functions-InvocationId"));
    LOG.errorf(
        failure,
        "event=error invocationId=%s method=%s",
        Excerpt.line(id, MAX_ID),
        request.method().name());
    if (!Calls.isCall(request)) {
      return Response.serverError().build();
    }
    return response(Problems.unexpected()).build();
  }

  static Response.ResponseBuilder response(Problem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.json());
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
    return response;
  }
}
