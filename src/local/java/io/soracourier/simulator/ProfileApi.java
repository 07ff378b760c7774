package io.soracourier.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.simulator.ServerProfile.Answer;
import io.soracourier.simulator.ServerProfile.Where;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers as the server of a profile does. */
final class ProfileApi {
  private static final int LIST_LIMIT = 20;

  /** The file of a job's second video ends so, and so on. */
  private static final Pattern FURTHER = Pattern.compile("-(\\d{1,2})\\.mp4");

  private final ServerProfile profile;
  private final Jobs jobs;
  private final Duration stateTime;

  ProfileApi(ServerProfile profile, Jobs jobs, Duration stateTime) {
    this.profile = profile;
    this.jobs = jobs;
    this.stateTime = stateTime;
  }

  /** Whether a request is answered without a credential. */
  boolean isOpen(Request request) {
    return profile.isAnonymous() || !isBelowBase(request);
  }

  Reply denied(Request request) {
    return answer(About.DENIED, new ProfileValues(profile, request));
  }

  Reply answer(Optional<Route.Match> match, Request request) {
    if (isMedia(request)) {
      return media(request);
    }
    if (request.method().equals("POST")
        && request.path().equals(profile.basePath() + profile.create().path())) {
      return create(request);
    }
    ProfileValues values = new ProfileValues(profile, request);
    return match
        .filter(found -> found.route().api == Api.SORA_2)
        .map(found -> routed(found, request, values))
        .orElseGet(() -> answer(isBelowBase(request) ? About.NO_ROUTE : About.OUTSIDE, values));
  }

  private Reply routed(Route.Match match, Request request, ProfileValues values) {
    if (match.route() == Route.LIST_VIDEOS && profile.list() != null) {
      return list(request);
    }
    Optional<SimulatedJob> found = match.id().flatMap(id -> jobs.find(Api.SORA_2, id));
    ProfileValues named = values.with("id", match.id().orElse(""));
    return switch (match.route()) {
      case GET_VIDEO ->
          found.map(job -> poll(job, values)).orElseGet(() -> answer(About.UNKNOWN_JOB, named));
      case GET_VIDEO_CONTENT ->
          found
              .map(job -> content(job, request, values.of(job, job.status())))
              .orElseGet(() -> answer(About.UNKNOWN_CONTENT, named));
      case DELETE_VIDEO -> found.map(job -> delete(job, values)).orElseGet(() -> noRoute(named));
      default -> noRoute(values);
    };
  }

  private Reply create(Request request) {
    CreateRequest create = CreateRequest.of(request).require("prompt");
    SimulatedJob job =
        jobs.builder(Api.SORA_2)
            .prompt(create.text("prompt"))
            .video(Mp4.genuine())
            .statusesEvery(stateTime, profile.words().toArray(String[]::new))
            .add();
    ProfileValues values = new ProfileValues(profile, request).of(job, job.status());
    JsonNode body =
        profile.create().body() == null ? job.json(values) : values.fill(profile.create().body());
    return Reply.json(profile.create().status(), body.toString());
  }

  private Reply poll(SimulatedJob job, ProfileValues values) {
    String status = job.advance();
    boolean pending = profile.isPending(status);
    Reply reply =
        Reply.json(
            pending ? profile.pending().status() : 200,
            job.json(values.of(job, status)).toString());
    return pending && profile.pending().emptyFirst() && job.looks() == 1
        ? reply.withBody(Content.EMPTY)
        : reply;
  }

  private Reply list(Request request) {
    List<SimulatedJob> all = new ArrayList<>(jobs.list(Api.SORA_2));
    if (request.parameter("order").filter("asc"::equals).isPresent()) {
      Collections.reverse(all);
    }
    Page page = Page.of(all, request, LIST_LIMIT);
    ProfileValues values = new ProfileValues(profile, request);
    ObjectNode list = (ObjectNode) values.of(page).fill(profile.list());
    ArrayNode data = list.putArray("data");
    page.jobs().forEach(job -> data.add(job.json(values.of(job, job.status()))));
    return Reply.json(200, list.toString());
  }

  private Reply delete(SimulatedJob job, ProfileValues values) {
    if (profile.deleted() == null) {
      return noRoute(values);
    }
    jobs.delete(job);
    return Reply.json(200, values.of(job, "deleted").fill(profile.deleted()).toString());
  }

  private Reply content(SimulatedJob job, Request request, ProfileValues values) {
    if (!job.status().equals(profile.doneWord())) {
      return answer(
          profile.isPending(job.status()) ? About.NOT_READY : About.FAILED_CONTENT, values);
    }
    if (!job.hasContent(jobs.clock().instant())) {
      return answer(About.GONE, values);
    }
    boolean otherVariant =
        request.parameter("variant").filter(one -> !one.equals("video")).isPresent();
    if (otherVariant && profile.answers().containsKey(About.OTHER_VARIANT)) {
      return answer(About.OTHER_VARIANT, values);
    }
    return switch (profile.content().where()) {
      case ROUTE -> video(job, request, values);
      case REDIRECT -> Reply.empty(302).with("Location", values.text("media"));
      case URL -> answer(About.NO_CONTENT_ROUTE, values);
    };
  }

  private Reply video(SimulatedJob job, Request request, ProfileValues values) {
    int k =
        request
            .parameter("index")
            .or(() -> request.parameter("output_index"))
            .filter(index -> !job.made().indexIgnored)
            .map(Integer::parseInt)
            .orElse(0);
    return k < job.generations().size()
        ? video(job, k, request)
        : answer(About.UNKNOWN_CONTENT, values.with("id", job.id()));
  }

  private Reply video(SimulatedJob job, int k, Request request) {
    ServerProfile.ContentRoute route = profile.content();
    Generation generation = job.generations().get(k);
    String suffix = k == 0 ? "" : "-" + k;
    Validators validators =
        new Validators(
            job.validators(generation).lastModified(),
            Optional.of('"' + ProfileValues.token(job) + suffix + '"'));
    Reply reply =
        ContentReply.of(request, route.type(), generation.video(), validators, route.ranges());
    if (!route.validators()) {
      reply = reply.without("ETag").without("Last-Modified");
    }
    return route.chunked() ? reply.with("Transfer-Encoding", "chunked") : reply;
  }

  /** A store of files: it knows the signature, and takes no second credential beside it. */
  private Reply media(Request request) {
    ProfileValues values = new ProfileValues(profile, request);
    Matcher further = FURTHER.matcher(request.target());
    String target = further.replaceFirst(".mp4");
    int k = further.reset().find() ? Integer.parseInt(further.group(1)) : 0;
    Optional<SimulatedJob> found =
        jobs.list(Api.SORA_2).stream()
            .filter(job -> values.of(job, job.status()).text("media").endsWith(target))
            .filter(job -> k < job.generations().size())
            .findFirst();
    boolean twoCredentials =
        !profile.content().query().isEmpty() && request.header("Authorization").isPresent();
    return twoCredentials
        ? Reply.of(
            400, "application/xml", Content.of("<Error><Code>InvalidArgument</Code></Error>"))
        : found
            .map(job -> video(job, k, request))
            .orElseGet(
                () ->
                    Reply.of(
                        403,
                        "application/xml",
                        Content.of("<Error><Code>AccessDenied</Code></Error>")));
  }

  private boolean isMedia(Request request) {
    return profile.content().where() != Where.ROUTE
        && request.path().startsWith(ProfileValues.MEDIA_PATH)
        && request.header("Host").orElse("").startsWith(ServerProfile.MEDIA_HOST + ":");
  }

  private boolean isBelowBase(Request request) {
    return request.path().startsWith(profile.basePath() + "/");
  }

  private Reply noRoute(ProfileValues values) {
    return answer(About.NO_ROUTE, values);
  }

  private Reply answer(About about, ProfileValues values) {
    Answer answer = profile.answer(about);
    JsonNode body = values.fill(answer.body());
    Reply reply =
        Reply.json(answer.status(), body.isTextual() ? body.textValue() : body.toString());
    for (var header : answer.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }
}
