package io.soracourier.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.soracourier.sora.Generation;
import io.soracourier.sora.PictureKind;
import io.soracourier.storage.VideoLinks;
import io.soracourier.storage.VideoLinks.Link;
import io.soracourier.storage.VideoLinks.Use;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A link to a stored video, for a while, in which a player can seek. */
@Path("/api/videos/{generationId}")
public class VideoResource {
  private final VideoLinks links;

  VideoResource(VideoLinks links) {
    this.links = links;
  }

  /**
   * @param download {@code true} for a link that a browser saves instead of playing
   */
  @GET
  @Blocking
  public Response video(
      @Context HttpServerRequest request,
      @QueryParam("download") @Nullable String download,
      @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) {
    Use use = use(download);
    return response(
        ForwardedPath.lastSegment(request),
        id -> links.link(id, use),
        "No video of this id is stored; see GET /api/jobs/{id} for what became of its job.",
        accept);
  }

  /** A link to the video's thumbnail. */
  @GET
  @Path("thumbnail")
  @Blocking
  public Response thumbnail(
      @Context HttpServerRequest request,
      @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) {
    return response(
        ForwardedPath.lastButOne(request),
        id -> links.picture(id, PictureKind.THUMBNAIL.code()),
        "No thumbnail of this video is stored; it is fetched where courier.assets has thumbnail and"
            + " the server offers one.",
        accept);
  }

  private static Response response(
      String id, Function<String, Link> links, String absent, @Nullable String accept) {
    if (!Generation.isId(id)) {
      throw Problem.of(
          Status.BAD_REQUEST,
          "This is not an id of a video; send the generationId of the outcome, percent-encoded.");
    }
    Link link = StorageProblems.reading("The video", () -> links.apply(id));
    if (link instanceof Link.CannotSign obstacle) {
      throw Problem.of(Status.NOT_IMPLEMENTED, obstacle.sentence());
    }
    if (!(link instanceof Link.Ready ready)) {
      throw Problem.of(Status.NOT_FOUND, absent);
    }
    return AcceptHeader.wantsJson(accept) ? json(ready) : redirect(ready);
  }

  private static Use use(@Nullable String download) {
    if (download == null || download.isEmpty() || download.equals("false")) {
      return Use.PLAY;
    }
    if (download.equals("true")) {
      return Use.SAVE;
    }
    throw Problem.of(Status.BAD_REQUEST, "The parameter download is true or false, or left out.");
  }

  private static Response json(Link.Ready link) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("url", link.url().toString());
    json.put("expiresAt", JobJson.time(link.expiresAt()));
    return Response.ok(json.toPrettyString(), MediaType.APPLICATION_JSON)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private static Response redirect(Link.Ready link) {
    return Response.status(Status.FOUND)
        .header(HttpHeaders.LOCATION, link.url().toString())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header("Referrer-Policy", "no-referrer")
        .build();
  }
}
