package io.soracourier.simulator;

import java.util.Optional;
import java.util.UUID;

/** Decides every answer: the credential first, then the scripts, then the APIs. */
final class Service implements HttpServer.Handler {
  private final SimulatorOptions options;
  private final Credentials credentials;
  private final Behaviour behaviour;
  private final Scripts scripts;
  private final RequestLog log;
  private final Sora1Api sora1;
  private final Sora2Api sora2;
  private final Optional<ProfileApi> server;

  Service(
      SimulatorOptions options,
      Credentials credentials,
      Behaviour behaviour,
      Jobs jobs,
      Scripts scripts,
      RequestLog log) {
    this.options = options;
    this.credentials = credentials;
    this.behaviour = behaviour;
    this.scripts = scripts;
    this.log = log;
    this.sora1 = new Sora1Api(jobs, behaviour, options.stateTime());
    this.sora2 = new Sora2Api(jobs, behaviour, options.stateTime());
    this.server =
        Optional.ofNullable(options.server())
            .map(profile -> new ProfileApi(profile, jobs, options.stateTime()));
  }

  @Override
  public Exchange begin(Request request) {
    return log.begin(request);
  }

  @Override
  public HttpServer.Answer answer(Exchange exchange) {
    Request request = exchange.request();
    Optional<Route.Match> match = Scripts.route(options.basePath(), request);
    exchange.matched(match);
    Fault.Normal normal = new Normal(match);
    if (!isOpen(request) && !scripts.admit(request) && !credentials.admit(request)) {
      return new HttpServer.Answer(
          server
              .map(api -> dated(api.denied(request)))
              .orElseGet(() -> normal.error(ServiceError.accessDenied())),
          Delivery.PLAIN);
    }
    Fault fault = scripts.next(request);
    try {
      Reply reply = fault.apply(request, normal);
      return reply.headers().has("Transfer-Encoding")
          ? new HttpServer.Answer(
              reply.without("Transfer-Encoding"), fault.delivery().framed(Delivery.Framing.CHUNKED))
          : new HttpServer.Answer(reply, fault.delivery());
    } catch (RuntimeException e) {
      String message = "The simulator failed on " + request.target() + " with " + fault + ": " + e;
      return new HttpServer.Answer(
          Reply.of(500, "text/plain", Content.of(message)), Delivery.PLAIN);
    }
  }

  private boolean isOpen(Request request) {
    return options.anonymous() || server.filter(api -> api.isOpen(request)).isPresent();
  }

  private Reply dated(Reply reply) {
    return reply.with("Date", HttpDate.of(options.clock().instant()));
  }

  /** What the services themselves answer. */
  private final class Normal implements Fault.Normal {
    private final Optional<Route.Match> match;

    Normal(Optional<Route.Match> match) {
      this.match = match;
    }

    @Override
    public Reply to(Request request) {
      if (server.isPresent()) {
        return dated(server.get().answer(match, request));
      }
      return match
          .map(found -> signed(routed(found, request)))
          .orElseGet(() -> error(ServiceError.notFound()));
    }

    private Reply routed(Route.Match found, Request request) {
      try {
        return switch (found.route().api) {
          case SORA_1 -> sora1.answer(found, request);
          case SORA_2 -> sora2.answer(found, request);
        };
      } catch (ServiceException refused) {
        return error(refused.error());
      }
    }

    @Override
    public Reply error(ServiceError error) {
      return signed(Reply.json(error.status(), error.json(behaviour.flatErrors)));
    }

    private Reply signed(Reply reply) {
      return dated(reply.with("apim-request-id", UUID.randomUUID().toString()));
    }
  }
}
