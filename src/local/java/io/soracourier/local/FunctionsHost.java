package io.soracourier.local;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * A local Azure Functions host for custom handlers: it runs a function-app folder as the real host
 * does, with queue, timer and HTTP triggers and queue outputs. Development tooling: production runs
 * on Azure's host.
 *
 * <p>It differs where faithfulness would serve nobody: a handler that does not start is not tried
 * again, an executable without its execute bit is refused rather than repaired, an answer that the
 * real host waits on for ever is recorded as {@link Outcome#HUNG} at once, and the handler sees the
 * given settings only, not this process's environment.
 *
 * <p>Source of the rules: azure-functions-host, azure-webjobs-sdk, and the storage extension in
 * azure-sdk-for-net.
 */
public final class FunctionsHost implements AutoCloseable {
  private final Worker worker;
  private final Journal<String> console;
  private final Journal<Invocation> invocations;
  private final List<QueueListener> listeners = new ArrayList<>();
  private final Map<String, TimerListener> timers = new TreeMap<>();
  private final List<TimerListener> enabledTimers = new ArrayList<>();
  private final ExecutorService workers = Executors.newCachedThreadPool(daemon("invocation"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(daemon("lease-renewal"));
  private final HttpFront http;
  private volatile Map<String, String> settings;

  private FunctionsHost(Builder builder) {
    this.settings = Map.copyOf(builder.settings);
    HostJson hostJson = HostJson.read(builder.app, settings);
    CustomHandler handler = CustomHandler.from(hostJson, builder.app, settings);
    QueueOptions options = QueueOptions.from(hostJson, Runtime.getRuntime().availableProcessors());
    List<FunctionDefinition> functions = FunctionDefinition.readAll(builder.app);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    this.console = builder.console;
    this.invocations = builder.invocations;
    int port = HandlerProcess.freePort();
    this.worker =
        new Worker(
            starting ->
                HandlerProcess.start(handler, builder.app, this.settings, port, console::add),
            client,
            handler.initializationTimeout(),
            builder.errorsThatStop,
            builder.clock);
    Connections connections = new Connections(settings, builder.connectionStrings);
    HostServices services =
        new HostServices(
            worker,
            new Dispatcher(worker, client, hostJson.functionTimeout(), builder.clock),
            connections,
            new Outputs(connections, options.base64()),
            invocations,
            builder.shape,
            builder.lease,
            builder.renewal,
            timer,
            builder.clock);
    try {
      startHandler(handler);
      for (FunctionDefinition function : functions) {
        boolean disabled = isDisabled(function, settings);
        if (function.trigger().is("timerTrigger")) {
          TimerListener timer =
              new TimerListener(function, services, settings, builder.timerStorage(), workers);
          timers.put(function.name(), timer);
          if (!disabled) {
            enabledTimers.add(timer);
          }
        }
        if (function.trigger().is("queueTrigger") && !disabled) {
          QueueInvoker invoker = new QueueInvoker(function, services, options);
          listeners.add(
              new QueueListener(
                  connections.queue(function.trigger()),
                  options,
                  builder.lease,
                  workers,
                  invoker::process));
        }
      }
      this.http =
          HttpFront.start(
              functions, hostJson, services, builder.httpPort.getAsInt(), builder.access, workers);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    listeners.forEach(QueueListener::start);
    enabledTimers.forEach(TimerListener::start);
  }

  private static boolean isDisabled(FunctionDefinition function, Map<String, String> settings) {
    String value = settings.getOrDefault("AzureWebJobs." + function.name() + ".Disabled", "");
    return value.equalsIgnoreCase("true") || value.equals("1");
  }

  /**
   * Invokes a function with a timer trigger now, also one that is disabled, as an administrator
   * does by {@code POST /admin/functions/{name}}.
   */
  public Invocation runTimer(String function) {
    return timers.get(function).run(false);
  }

  private void startHandler(CustomHandler handler) {
    if (worker.start()) {
      return;
    }
    Process process = worker.process().process();
    String how =
        process.isAlive()
            ? "did not answer GET / within " + handler.initializationTimeout()
            : "ended with exit code " + process.exitValue();
    worker.stop("the handler did not start");
    throw new HandlerStartException(
        process.isAlive() ? -1 : process.exitValue(),
        console.entries(),
        "%s %s; it wrote: %s"
            .formatted(handler.command().get(0), how, String.join("\n", console.entries())));
  }

  private static java.util.concurrent.ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** A host for the app in this folder. */
  public static Builder builder(Path app) {
    return new Builder(app);
  }

  /** Every line that the handler wrote on its two outputs, over all of its runs. */
  public Journal<String> console() {
    return console;
  }

  /** Every invocation that has ended. */
  public Journal<Invocation> invocations() {
    return invocations;
  }

  /** Messages received and not yet deleted, released or poisoned. */
  public int inWork() {
    return listeners.stream().mapToInt(QueueListener::inWork).sum();
  }

  /** The handler's process id, which changes when it is restarted. */
  public long pid() {
    return worker.process().pid();
  }

  /**
   * Waits until the handler answers, which it does not for a while after it was restarted.
   *
   * @return its process id
   */
  public long awaitReady() {
    try {
      return worker.awaitReady().pid();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the handler starts", e);
    } catch (FailedInvocationException e) {
      throw new AssertionError("the host has given up", e);
    }
  }

  public boolean isHandlerAlive() {
    return worker.process().isAlive();
  }

  /** Whether the host has given up, and why; empty while it runs. */
  public java.util.Optional<String> stopped() {
    return worker.isStopped()
        ? java.util.Optional.of(worker.stopReason())
        : java.util.Optional.empty();
  }

  /** {@code http://127.0.0.1:port} of the HTTP triggers. */
  public String url() {
    return http.url();
  }

  /** The key that functions with {@code authLevel} function ask for. */
  public String functionKey() {
    return http.key();
  }

  public ResidentMemory memory() {
    return ResidentMemory.of(pid());
  }

  /** Kills the handler with SIGKILL, as the system does; the host restarts it. */
  public void killHandler() {
    worker.process().process().toHandle().destroyForcibly();
  }

  /** Ends the handler with SIGTERM; the host takes its exit for an error and restarts it. */
  public void terminateHandler() {
    worker.process().process().toHandle().destroy();
  }

  /** Ends the handler and restarts it, as the host does after a function timeout. */
  public void restartHandler() {
    worker.restart();
  }

  /**
   * The same with other settings, once the handler is ready. What {@code host.json} takes from
   * settings stays as it was.
   */
  void restartHandler(Map<String, String> others) {
    awaitReady();
    settings = Map.copyOf(others);
    worker.restart();
    awaitReady();
  }

  /** Receives no more and waits for what is in work. */
  public void drain(Duration timeout) {
    listeners.forEach(QueueListener::stop);
    timers.values().forEach(TimerListener::close);
    Waiting.until(() -> inWork() == 0, timeout, () -> inWork() + " messages are still in work");
  }

  /**
   * Goes, as the real host does that is asked to stop while an invocation outlasts its patience:
   * the handler gets no signal and continues, its responses reach nobody, and messages keep their
   * leases.
   *
   * @return the handler, for the caller to end
   */
  public HandlerProcess leave() {
    HandlerProcess left = worker.leave("the host has left its handler behind");
    workers.shutdownNow();
    close();
    return left;
  }

  /** Kills the handler and stops, leaving messages in work to their leases. */
  @Override
  public void close() {
    listeners.forEach(QueueListener::stop);
    timers.values().forEach(TimerListener::close);
    worker.stop("the host was stopped");
    if (http != null) {
      http.close();
    }
    timer.shutdownNow();
    workers.shutdown();
    try {
      workers.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How to run an app. */
  public static final class Builder {
    private final Path app;
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, String> connectionStrings = new HashMap<>();
    private final Journal<String> console = new Journal<>();
    private final Journal<Invocation> invocations = new Journal<>();
    private PayloadShape shape = PayloadShape.OBSERVED;
    private Duration lease = Duration.ofMinutes(10);
    private Duration renewal = Duration.ofMinutes(5);
    private IntSupplier httpPort = () -> 0;
    private FrontAccess access = FrontAccess.withKey();
    private int errorsThatStop = Worker.ERRORS_THAT_STOP;
    private Clock clock = Clock.systemUTC();

    private Builder(Path app) {
      this.app = app.toAbsolutePath();
    }

    /** Hosts of the same app and storage share its timers. */
    private String timerStorage() {
      return app + " " + connectionStrings + settings.get("VideoStorage");
    }

    /** An app setting: the handler's environment, and the host's own configuration. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    public Builder settings(Map<String, String> more) {
      settings.putAll(more);
      return this;
    }

    /** What the host uses for a connection in place of the setting that the handler sees. */
    public Builder connection(String name, String connectionString) {
      connectionStrings.put(name, connectionString);
      return this;
    }

    public Builder payload(PayloadShape shape) {
      this.shape = shape;
      return this;
    }

    /** Lease of a received message and how often it is renewed; 10 and 5 minutes by default. */
    public Builder lease(Duration lease, Duration renewal) {
      this.lease = lease;
      this.renewal = renewal;
      return this;
    }

    /** The port of the HTTP triggers; 0, the default, takes a free one. */
    public Builder httpPort(int port) {
      return httpPort(() -> port);
    }

    /** The same, decided once the handler is ready. */
    Builder httpPort(IntSupplier port) {
      this.httpPort = port;
      return this;
    }

    /**
     * Asks for no key, as {@code func start} does, but refuses what a page of another origin sends;
     * and serves these calls too.
     */
    Builder withoutKey(LocalCalls more) {
      this.access = FrontAccess.withoutKey(more);
      return this;
    }

    /**
     * A host that gives up after three errors of its handler is restarted by the platform; this one
     * does not give up instead.
     */
    public Builder neverGivingUp() {
      this.errorsThatStop = Integer.MAX_VALUE;
      return this;
    }

    /** Tells the time at which handler failures are counted. */
    Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    public Builder onConsole(Consumer<String> listener) {
      console.listen(listener);
      return this;
    }

    public Builder onInvocation(Consumer<Invocation> listener) {
      invocations.listen(listener);
      return this;
    }

    /**
     * @throws HandlerStartException when the handler ends or stays silent
     */
    public FunctionsHost start() {
      return new FunctionsHost(this);
    }
  }
}
