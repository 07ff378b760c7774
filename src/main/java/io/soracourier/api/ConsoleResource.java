package io.soracourier.api;

import io.soracourier.storage.VideoLinks;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The page on which people watch their jobs, its script and its style. They hold no data and need
 * no key: the script makes the calls, and prompts for the key when one of them needs it.
 */
@Path("/api/console")
public class ConsoleResource {
  private final byte[] page = file("page.html");
  private final byte[] script = file("script.js");
  private final byte[] style = file("style.css");
  private final String policy;

  ConsoleResource(VideoLinks links) {
    policy = policy(links.origin().toString());
  }

  /** Nothing but its own script and style runs in the page; videos come from the store alone. */
  private static String policy(String store) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src data: " + store,
        "media-src " + store,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'");
  }

  @GET
  public Response page() {
    return response(page, "text/html");
  }

  @GET
  @Path("script")
  public Response script() {
    return response(script, "text/javascript");
  }

  @GET
  @Path("style")
  public Response style() {
    return response(style, "text/css");
  }

  private Response response(byte[] file, String type) {
    return Response.ok(file)
        .header("Content-Type", type + "; charset=utf-8")
        .header("Content-Security-Policy", policy)
        .header("Referrer-Policy", "no-referrer")
        .build();
  }

  private static byte[] file(String name) {
    try (InputStream in = ConsoleResource.class.getResourceAsStream("/console/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
