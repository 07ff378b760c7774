package io.soracourier.handler;

import io.smallrye.common.annotation.Blocking;
import io.soracourier.lifecycle.Shutdown;
import io.soracourier.text.Excerpt;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The custom handler protocol: the host posts each invocation to {@code /{functionName}} and reads
 * outputs and logs from the response. A 2xx response always carries a JSON object, because the host
 * never completes an invocation whose response has an empty body; anything but 2xx makes the host
 * keep the message.
 *
 * <p>Only the host invokes: what it forwards for a caller ends before, in the filter of the package
 * {@code api}, whatever its path.
 *
 * <p>Source: azure-functions-host, {@code DefaultHttpWorkerService} and {@code
 * HttpScriptInvocationResult}.
 */
@Path("/{functionName}")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class InvocationResource {
  private static final Logger LOG = Logger.getLogger(InvocationResource.class);
  private static final int MAX_MESSAGE = 2_000;
  private static final int MAX_ID = 100;

  private final FunctionCatalog functions;
  private final Shutdown shutdown;

  InvocationResource(FunctionCatalog functions, Shutdown shutdown) {
    this.functions = functions;
    this.shutdown = shutdown;
  }

  @POST
  @Blocking
  public Response invoke(
      @PathParam("functionName") String functionName,
      @HeaderParam("X-Azure-Functions-InvocationId") @Nullable String invocationId,
      byte @Nullable [] body) {
    if (shutdown.hasBegun()) {
      return refusal(
          Response.Status.SERVICE_UNAVAILABLE,
          "POST /%s: this process is ending and begins nothing new; the message stays on its queue"
              .formatted(functionName));
    }
    Optional<BoundFunction> function = functions.find(functionName);
    if (function.isEmpty()) {
      return refusal(
          Response.Status.NOT_FOUND,
          "POST /%s: no such function; this handler serves %s"
              .formatted(functionName, functions.names()));
    }
    String id =
        invocationId == null ? UUID.randomUUID().toString() : Excerpt.line(invocationId, MAX_ID);
    try {
      return invoke(function.get(), Invocation.parse(id, body), functionName);
    } catch (MalformedInvocationException e) {
      return refusal(
          Response.Status.BAD_REQUEST,
          "POST /%s is not an invocation of the Functions host: %s"
              .formatted(functionName, e.getMessage()));
    }
  }

  private static Response invoke(BoundFunction function, Invocation invocation, String name) {
    try {
      InvocationContext context = new InvocationContext(invocation.id(), name);
      Map<String, Object> outputs = function.invoke(invocation, context);
      return Response.ok(Map.of("Outputs", outputs, "Logs", context.lines())).build();
    } catch (MalformedInvocationException e) {
      throw e;
    } catch (RuntimeException e) {
      if (!(e instanceof ReportedFailureException)) {
        LOG.errorf(e, "event=error invocationId=%s function=%s", invocation.id(), name);
      }
      return error(
          Response.Status.INTERNAL_SERVER_ERROR,
          "POST /%s failed, the message stays on its queue: %s".formatted(name, e.getMessage()));
    }
  }

  private static Response refusal(Response.Status status, String message) {
    LOG.warn(Excerpt.of(message, MAX_MESSAGE));
    return error(status, message);
  }

  private static Response error(Response.Status status, String message) {
    return Response.status(status)
        .entity(Map.of("error", Excerpt.of(message, MAX_MESSAGE)))
        .build();
  }
}
