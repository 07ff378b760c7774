package io.soracourier.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A video generation service on loopback that speaks both Sora APIs, does what a test scripts, and
 * records what it was asked. See the package's description for how to use it.
 */
public final class SoraSimulator implements AutoCloseable {
  private final SimulatorOptions options;
  private final Credentials credentials;
  private final Behaviour behaviour = new Behaviour();
  private final Jobs jobs;
  private final RequestLog log;
  private final Scripts scripts = new Scripts();
  private final HttpServer server;

  private SoraSimulator(SimulatorOptions options) {
    this.options = options;
    this.credentials =
        new Credentials(
            options.clock(),
            options.server() == null ? Credentials.SERVICES : options.server().keys(),
            options.apiKey());
    this.jobs = new Jobs(options.clock(), options.server());
    this.log = new RequestLog(options.clock());
    Service service = new Service(options, credentials, behaviour, jobs, scripts, log);
    this.server = new HttpServer(options.address(), options.port(), options.tls(), service);
  }

  /** On a free port, with the real clock. */
  public static SoraSimulator start() {
    return start(SimulatorOptions.defaults());
  }

  /**
   * @throws java.io.UncheckedIOException when the port is taken; the message says so
   */
  public static SoraSimulator start(SimulatorOptions options) {
    return new SoraSimulator(options);
  }

  /** A second server that is not the service: it lets everyone in and records what they send. */
  public static SoraSimulator sink() {
    return start(SimulatorOptions.defaults().withAnonymous());
  }

  /**
   * What goes into {@code AZURE_OPENAI_ENDPOINT}, e.g. {@code http://127.0.0.1:40000/openai/v1}.
   */
  public URI endpoint() {
    return uri(options.basePath());
  }

  /** The address of a path of this server; empty for its origin. */
  public URI uri(String pathAndQuery) {
    String host =
        options.address().contains(":") ? "[" + options.address() + "]" : options.address();
    String scheme = options.tls() == null ? "http://" : "https://";
    return URI.create(scheme + host + ":" + port() + pathAndQuery);
  }

  public int port() {
    return server.port();
  }

  public String apiKey() {
    return credentials.apiKey();
  }

  // Jobs

  /** A Sora 1 job to be described and added. */
  public JobBuilder sora1Job() {
    return jobs.builder(Api.SORA_1);
  }

  /** A Sora 2 video to be described and added. */
  public JobBuilder sora2Video() {
    return jobs.builder(Api.SORA_2);
  }

  /** The job of that id, also one that was created over HTTP, while the service knows it. */
  public Optional<SimulatedJob> job(String id) {
    return jobs.find(Api.SORA_1, id).or(() -> jobs.find(Api.SORA_2, id));
  }

  /** From now on no such job is known, as after a restart of a server that keeps them in memory. */
  public void forget(SimulatedJob job) {
    jobs.delete(job);
  }

  /** It is known again. */
  public void remember(SimulatedJob job) {
    jobs.add(job);
  }

  // Scripts

  /** Scripts a route for one job, generation or video. */
  public Script on(Route route, String id) {
    return on(
        request ->
            route(request)
                .filter(match -> match.route() == route && match.id().equals(Optional.of(id)))
                .isPresent());
  }

  /** Scripts a route for every id. */
  public Script on(Route route) {
    return on(request -> route(request).filter(match -> match.route() == route).isPresent());
  }

  private Optional<Route.Match> route(Request request) {
    return Scripts.route(options.basePath(), request);
  }

  /** Scripts a path of one's own, or a known one, whatever its query. */
  public Script on(String method, String path) {
    return on(request -> request.method().equals(method) && request.path().equals(path));
  }

  /** Scripts whatever requests fit. */
  public Script on(Predicate<Request> requests) {
    return scripts.add(requests);
  }

  // Switches

  /** Error bodies flat as specified, or (unless set) wrapped in {@code error} as observed. */
  public SoraSimulator flatErrors(boolean flat) {
    behaviour.flatErrors = flat;
    return this;
  }

  /** What content routes answer while there is no content; 404 unless set. */
  public SoraSimulator contentBeforeSuccess(int status) {
    behaviour.contentBeforeSuccess = status;
    return this;
  }

  /** Whether Sora 1 wants {@code api-version=preview}; it does unless set. */
  public SoraSimulator apiVersionRequired(boolean required) {
    behaviour.apiVersionRequired = required;
    return this;
  }

  /** What Sora 1 answers to any other {@code api-version}; 400 unless set. */
  public SoraSimulator unsupportedApiVersion(int status) {
    behaviour.unsupportedApiVersion = status;
    return this;
  }

  /** A new key; the old one is no longer accepted. */
  public SoraSimulator apiKey(String other) {
    credentials.apiKey(other);
    return this;
  }

  public SoraSimulator acceptToken(String token) {
    return acceptToken(token, Instant.MAX);
  }

  /** Accepts a bearer token until that time by the simulator's clock. */
  public SoraSimulator acceptToken(String token, Instant until) {
    credentials.accept(token, until);
    return this;
  }

  public SoraSimulator rejectToken(String token) {
    credentials.reject(token);
    return this;
  }

  // Record

  /** Every request so far in order of arrival, those in progress included. */
  public List<RecordedRequest> requests() {
    return log.requests();
  }

  public List<RecordedRequest> requests(Predicate<RecordedRequest> fitting) {
    return requests().stream().filter(fitting).toList();
  }

  public List<RecordedRequest> requests(Route route) {
    return requests(request -> request.is(route));
  }

  public List<RecordedRequest> requests(Route route, String id) {
    return requests(request -> request.is(route, id));
  }

  /** Waits until so many fitting requests came; an {@link AssertionError} when they do not. */
  public List<RecordedRequest> awaitRequests(
      int count, Duration atMost, Predicate<RecordedRequest> fitting) {
    return log.await(fitting, count, atMost);
  }

  /** How many requests were in flight at the same time, at most. */
  public int maxConcurrentRequests() {
    return log.maxConcurrent(request -> true);
  }

  public int maxConcurrentRequests(Predicate<RecordedRequest> fitting) {
    return log.maxConcurrent(fitting);
  }

  /** Forgets the requests so far. */
  public void forgetRequests() {
    log.clear();
  }

  /** Ends at once, responses in progress included. */
  @Override
  public void close() {
    server.close();
  }
}
