package io.soracourier.local;

import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Access to the HTTP port of a local host: with its key, as on Azure, or for every program of this
 * machine but the pages of other origins, as suits a developer.
 *
 * @param key what functions with {@code authLevel} function ask for, where any is asked for
 * @param calls served beside the functions; null where a key is wanted
 */
record FrontAccess(String key, LocalCalls calls) {

  static FrontAccess withKey() {
    return new FrontAccess(UUID.randomUUID().toString().replace("-", ""), null);
  }

  static FrontAccess withoutKey(LocalCalls calls) {
    return new FrontAccess(withKey().key(), calls);
  }

  /** The response to what is no function's to answer. */
  Optional<HttpResult> early(IncomingRequest request) {
    if (calls == null) {
      return Optional.empty();
    }
    return OwnOrigin.refusal(request)
        .map(reason -> HttpResult.problem(Response.Status.FORBIDDEN, reason))
        .or(() -> calls.respond(request));
  }

  boolean mayCall(FunctionDefinition function, IncomingRequest request) {
    return calls != null
        || isAnonymous(function)
        || key.equals(request.header("x-functions-key"))
        || key.equals(request.query().get("code"));
  }

  private static boolean isAnonymous(FunctionDefinition function) {
    return function
        .trigger()
        .attribute("authLevel", "function")
        .toLowerCase(Locale.ROOT)
        .equals("anonymous");
  }
}
