package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.simulator.ServerProfile;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What the local run serves below {@code /local/} for the console: its panel, and the calls by
 * which that makes jobs and lets the simulated service misbehave.
 */
final class PanelCalls implements LocalCalls {
  private static final String PREFIX = "/local/";

  /** Null until the stack is up, and with a real service. */
  private volatile Playground playground;

  /** From now on the calls work. */
  void open(Playground opened) {
    playground = opened;
  }

  @Override
  public Optional<HttpResult> respond(IncomingRequest request) {
    return request.rawPath().startsWith(PREFIX)
        ? Optional.of(call(request, request.rawPath().substring(PREFIX.length())))
        : Optional.empty();
  }

  private HttpResult call(IncomingRequest request, String name) {
    return switch (request.method() + " " + name) {
      case "GET panel.js" -> file("panel.js", "text/javascript; charset=utf-8");
      case "GET panel.css" -> file("panel.css", "text/css; charset=utf-8");
      case "GET state" -> json(Status.OK, state());
      case "POST jobs", "PUT server", "PUT faults", "PUT harvest" -> change(request, name);
      default ->
          HttpResult.problem(
              Status.NOT_FOUND,
              "there are GET state, panel.js and panel.css, POST jobs, PUT server, PUT faults and PUT"
                  + " harvest");
    };
  }

  /** A page of another origin cannot send JSON without being allowed to, which it is not here. */
  private HttpResult change(IncomingRequest request, String name) {
    if (playground == null) {
      return HttpResult.problem(
          Status.CONFLICT, "there is no simulated service here, or it is not up yet");
    }
    String type = String.valueOf(request.header("Content-Type")).toLowerCase(Locale.ROOT);
    if (!type.matches("application/json\\s*(;.*)?")) {
      return HttpResult.problem(
          Status.UNSUPPORTED_MEDIA_TYPE, "send JSON, as Content-Type: application/json");
    }
    try {
      return changed(name, Payload.JSON.readTree(request.body()));
    } catch (IOException notJson) {
      return HttpResult.problem(Status.BAD_REQUEST, "the body is not JSON");
    } catch (UnknownNameException | IllegalArgumentException e) {
      return HttpResult.problem(Status.BAD_REQUEST, e.getMessage());
    } catch (LocalStackException | AssertionError | UncheckedIOException e) {
      return HttpResult.problem(
          Status.INTERNAL_SERVER_ERROR,
          "the local run could not do that; end it and start it again: " + e.getMessage());
    }
  }

  private HttpResult changed(String name, JsonNode body) {
    switch (name) {
      case "jobs" -> {
        ObjectNode made = Payload.JSON.createObjectNode();
        ArrayNode ids = made.putArray("ids");
        playground.make(body.path("kind").asText(), count(body)).forEach(ids::add);
        return json(Status.CREATED, made);
      }
      case "server" -> playground.play(body.path("name").asText());
      case "harvest" -> playground.harvest(on(body));
      default -> playground.turn(body.path("name").asText(), on(body));
    }
    return json(Status.OK, state());
  }

  private static boolean on(JsonNode body) {
    if (!body.path("on").isBoolean()) {
      throw new IllegalArgumentException("'on' must be true or false");
    }
    return body.path("on").booleanValue();
  }

  private static int count(JsonNode body) {
    if (body.has("count") && !body.path("count").isInt()) {
      throw new IllegalArgumentException("'count' must be a number");
    }
    return body.path("count").asInt(1);
  }

  /**
   * {@code {simulated, server, harvest, servers: [{name, title}], kinds: […, max], faults: […,
   * on]}}.
   */
  private ObjectNode state() {
    ObjectNode state = Payload.JSON.createObjectNode();
    state.put("simulated", playground != null);
    if (playground == null) {
      return state;
    }
    Optional<ServerProfile> server = playground.server();
    state.put("server", server.map(ServerProfile::name).orElse(Playground.AZURE));
    ArrayNode servers = state.putArray("servers");
    named(servers, Playground.AZURE, "Azure OpenAI");
    ServerProfile.all().forEach(other -> named(servers, other.name(), other.title()));
    ArrayNode kinds = state.putArray("kinds");
    JobKind.of(server)
        .forEach(kind -> named(kinds, kind.key(), kind.title()).put("max", kind.max()));
    state.put("harvest", playground.isHarvesting());
    ArrayNode faults = state.putArray("faults");
    for (ServiceFault fault : ServiceFault.values()) {
      named(faults, fault.key(), fault.title()).put("on", playground.isOn(fault));
    }
    return state;
  }

  private static ObjectNode named(ArrayNode list, String name, String title) {
    return list.addObject().put("name", name).put("title", title);
  }

  private static HttpResult json(Status status, JsonNode body) {
    return HttpResult.own(
        status.getStatusCode(),
        "application/json",
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResult file(String name, String type) {
    try (InputStream file = PanelCalls.class.getResourceAsStream(PREFIX + name)) {
      return HttpResult.own(200, type, file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
