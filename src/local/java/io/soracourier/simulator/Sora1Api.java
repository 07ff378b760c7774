package io.soracourier.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** Azure's video generation jobs. */
final class Sora1Api {
  private static final String[] STATES = {
    "queued", "preprocessing", "running", "processing", "succeeded"
  };
  private static final int LIST_LIMIT = 10;
  private static final int MAX_SECONDS = 20;
  private static final int MAX_VARIANTS = 5;
  private static final int MAX_PIXELS = 1920;

  private final Jobs jobs;
  private final Behaviour behaviour;
  private final Duration stateTime;

  Sora1Api(Jobs jobs, Behaviour behaviour, Duration stateTime) {
    this.jobs = jobs;
    this.behaviour = behaviour;
    this.stateTime = stateTime;
  }

  /**
   * @throws ServiceException when the request is refused
   */
  Reply answer(Route.Match match, Request request) {
    if (behaviour.apiVersionRequired
        && request.parameter("api-version").filter("preview"::equals).isEmpty()) {
      throw new ServiceException(
          ServiceError.apiVersionNotSupported(behaviour.unsupportedApiVersion));
    }
    String id = match.id().orElse("");
    return switch (match.route()) {
      case CREATE_JOB -> create(CreateRequest.of(request));
      case LIST_JOBS -> json(200, list(request));
      case GET_JOB -> json(200, job(id).look());
      case DELETE_JOB -> delete(id);
      case GET_GENERATION -> {
        Jobs.Found found = generation(id);
        yield json(200, found.job().generationJson(found.generation()));
      }
      case GET_THUMBNAIL -> thumbnail(id, request);
      case GET_CONTENT, HEAD_CONTENT -> content(id, request);
      default -> throw new IllegalStateException(match.route() + " is not of Sora 1");
    };
  }

  private Reply create(CreateRequest create) {
    create.require("prompt", "model", "height", "width");
    JobBuilder job =
        jobs.builder(Api.SORA_1)
            .prompt(create.text("prompt"))
            .model(create.text("model"))
            .size(
                create.number("width", 0, 1, MAX_PIXELS), create.number("height", 0, 1, MAX_PIXELS))
            .seconds(create.number("n_seconds", 5, 1, MAX_SECONDS))
            .variants(create.number("n_variants", 1, 1, MAX_VARIANTS))
            .inpaintItems(create.inpaintItems())
            .video(Mp4.genuine())
            .statusesEvery(stateTime, STATES);
    return json(201, job.add().json());
  }

  private ObjectNode list(Request request) {
    List<String> statuses =
        request.parameter("statuses").map(joined -> List.of(joined.split(","))).orElse(List.of());
    List<SimulatedJob> all =
        jobs.list(Api.SORA_1).stream()
            .filter(job -> statuses.isEmpty() || statuses.contains(job.status()))
            .toList();
    return Page.of(all, request, LIST_LIMIT).json(true);
  }

  private Reply delete(String id) {
    jobs.delete(job(id));
    return Reply.empty(204);
  }

  private Reply thumbnail(String id, Request request) {
    Jobs.Found found = withContent(id);
    return ContentReply.of(
        request,
        "image/jpg",
        Content.of(Mp4.resource("thumbnail.jpg")),
        found.job().validators(found.generation()),
        true);
  }

  private Reply content(String id, Request request) {
    Jobs.Found found = withContent(id);
    Content video =
        request.parameter("quality").filter("low"::equals).isPresent()
            ? found.generation().lowQuality()
            : found.generation().video();
    return ContentReply.video(
        request, video, found.job().validators(found.generation()), found.job().offersRanges());
  }

  private Jobs.Found withContent(String generationId) {
    Jobs.Found found = generation(generationId);
    if (!found.job().hasContent(jobs.clock().instant())) {
      throw new ServiceException(ServiceError.noContentYet(behaviour.contentBeforeSuccess));
    }
    return found;
  }

  private SimulatedJob job(String id) {
    return jobs.find(Api.SORA_1, id)
        .orElseThrow(() -> new ServiceException(ServiceError.notFound()));
  }

  private Jobs.Found generation(String id) {
    return jobs.findGeneration(Api.SORA_1, id)
        .orElseThrow(() -> new ServiceException(ServiceError.notFound()));
  }

  private static Reply json(int status, ObjectNode json) {
    return Reply.json(status, json.toString());
  }
}
