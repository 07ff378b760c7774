package io.soracourier.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Videos in the OpenAI shape, on Azure and on compatible servers. */
final class Sora2Api {
  private static final String[] STATES = {"queued", "in_progress", "completed"};
  private static final List<String> SECONDS = List.of("4", "8", "12");
  private static final List<String> SIZES = List.of("720x1280", "1280x720");
  private static final int LIST_LIMIT = 20;

  private final Jobs jobs;
  private final Behaviour behaviour;
  private final Duration stateTime;

  Sora2Api(Jobs jobs, Behaviour behaviour, Duration stateTime) {
    this.jobs = jobs;
    this.behaviour = behaviour;
    this.stateTime = stateTime;
  }

  /**
   * @throws ServiceException when the request is refused
   */
  Reply answer(Route.Match match, Request request) {
    String id = match.id().orElse("");
    return switch (match.route()) {
      case CREATE_VIDEO -> create(CreateRequest.of(request).require("model", "prompt"));
      case LIST_VIDEOS -> json(list(request));
      case GET_VIDEO -> json(video(id).look());
      case DELETE_VIDEO -> delete(id);
      case REMIX_VIDEO -> remix(video(id), CreateRequest.of(request).require("prompt"));
      case GET_VIDEO_CONTENT -> content(video(id), request);
      default -> throw new IllegalStateException(match.route() + " is not of Sora 2");
    };
  }

  private Reply create(CreateRequest create) {
    String seconds = create.choice("seconds", SECONDS);
    String[] size = create.choice("size", SIZES).split("x");
    JobBuilder video =
        begun(create.text("prompt"))
            .model(create.text("model"))
            .seconds(Integer.parseInt(seconds))
            .size(Integer.parseInt(size[0]), Integer.parseInt(size[1]));
    return json(video.add().json());
  }

  private Reply remix(SimulatedJob original, CreateRequest create) {
    return json(begun(create.text("prompt")).remixedFrom(original.id()).add().json());
  }

  private JobBuilder begun(String prompt) {
    return jobs.builder(Api.SORA_2)
        .prompt(prompt)
        .video(Mp4.genuine())
        .statusesEvery(stateTime, STATES);
  }

  private ObjectNode list(Request request) {
    List<SimulatedJob> all = new ArrayList<>(jobs.list(Api.SORA_2));
    if (request.parameter("order").filter("asc"::equals).isPresent()) {
      Collections.reverse(all);
    }
    return Page.of(all, request, LIST_LIMIT).json(false);
  }

  private Reply delete(String id) {
    jobs.delete(video(id));
    return json(Json.object().put("id", id).put("object", "video.deleted").put("deleted", true));
  }

  private Reply content(SimulatedJob job, Request request) {
    if (!job.hasContent(jobs.clock().instant())) {
      throw new ServiceException(ServiceError.noContentYet(behaviour.contentBeforeSuccess));
    }
    Generation generation = job.generations().get(0);
    return switch (request.parameter("variant").orElse("video")) {
      case "video" ->
          ContentReply.video(
              request, generation.video(), job.validators(generation), job.offersRanges());
      case "thumbnail" -> image(job, request, "image/webp", "thumbnail.webp");
      case "spritesheet" -> image(job, request, "image/jpeg", "spritesheet.jpg");
      default ->
          throw new ServiceException(ServiceError.badRequest("Invalid value for 'variant'."));
    };
  }

  private static Reply image(SimulatedJob job, Request request, String type, String file) {
    return ContentReply.of(
        request,
        type,
        Content.of(Mp4.resource(file)),
        job.validators(job.generations().get(0)),
        true);
  }

  private SimulatedJob video(String id) {
    return jobs.find(Api.SORA_2, id)
        .orElseThrow(() -> new ServiceException(ServiceError.notFound()));
  }

  private static Reply json(ObjectNode json) {
    return Reply.json(200, json.toString());
  }
}
