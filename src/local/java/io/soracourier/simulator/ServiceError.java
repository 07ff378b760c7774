package io.soracourier.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An error the services answer. Azure's specification describes the flat body, every published
 * answer is wrapped in {@code error}; what no one published says no more than its status.
 *
 * @param body the flat body
 */
public record ServiceError(int status, ObjectNode body) {
  /** Any path that is not a route; also an unknown, expired or deleted job (body unpublished). */
  public static ServiceError notFound() {
    return gateway(404, "Resource not found");
  }

  public static ServiceError accessDenied() {
    return gateway(
        401,
        "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide"
            + " a valid key for an active subscription and use a correct regional API endpoint for"
            + " your resource.");
  }

  /** The role assignment is missing; wording of the gateway, body unpublished for video. */
  public static ServiceError forbidden() {
    return gateway(403, "The principal lacks the required data action to perform this operation.");
  }

  /**
   * @param status unpublished; very likely 400
   */
  public static ServiceError apiVersionNotSupported(int status) {
    return gateway(status, "API version not supported");
  }

  /** Content asked for before the job succeeded; status and body unpublished. */
  public static ServiceError noContentYet(int status) {
    return gateway(status, status == 404 ? "Resource not found" : "The video is not ready");
  }

  public static ServiceError tooManyRunningTasks() {
    return user(429, "Too many running tasks");
  }

  public static ServiceError deploymentDoesNotExist(String name) {
    return user(
        404,
        "The API deployment '"
            + name
            + "' for this resource does not exist. If you created the deployment within the last 5"
            + " minutes, please wait a moment and try again.");
  }

  public static ServiceError modelDeprecated() {
    return coded(
        410,
        "ModelDeprecated",
        "The model associated with the deployment is deprecated and no longer available for use.");
  }

  public static ServiceError moderated() {
    ServiceError error = user(400, "Your request was blocked by our moderation system.");
    error.body().putObject("inner_error").put("code", "ResponsibleAIPolicyViolation");
    return error;
  }

  public static ServiceError badRequest(String message) {
    return user(400, message);
  }

  /** A failure of the service itself, e.g. 500 or 503. */
  public static ServiceError server(int status) {
    return coded(status, "InternalServerError", "The server had an error, please try again.");
  }

  /** An error with a status and message of one's own, in the gateway's form. */
  public static ServiceError gateway(int status, String message) {
    return coded(status, String.valueOf(status), message);
  }

  public static ServiceError coded(int status, String code, String message) {
    return new ServiceError(
        status, JsonNodeFactory.instance.objectNode().put("code", code).put("message", message));
  }

  private static ServiceError user(int status, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("message", message).put("type", "video_generation_user_error");
    body.putNull("param").putNull("code");
    return new ServiceError(status, body);
  }

  /** The body, flat as specified or wrapped in {@code error} as observed. */
  public String json(boolean flat) {
    return flat
        ? body.toString()
        : JsonNodeFactory.instance.objectNode().set("error", body).toString();
  }
}
