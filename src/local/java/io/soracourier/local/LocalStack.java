package io.soracourier.local;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.BlobItem;
import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.function.CopyVideo;
import io.soracourier.function.HarvestJobs;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Everything the courier needs, on this machine: Azurite, the Sora simulator, and one or more local
 * Functions hosts that run the packaged function app.
 *
 * <p>Each stack has a storage account of its own, so that stacks do not see each other although
 * they share one Azurite.
 *
 * <pre>{@code
 * try (LocalStack stack = LocalStack.builder().start()) {
 *   SimulatedJob job = stack.simulator().sora1Job().add();
 *   stack.enqueue(job.id());
 *   JsonNode message = stack.awaitVideoMessages(1, Duration.ofSeconds(20)).get(0);
 * }
 * }</pre>
 */
public final class LocalStack implements AutoCloseable {
  static final Path PACKAGED_APP = ProjectDirectory.path().resolve("target/function-app");
  private static final String CONTAINER = "videos";
  private static final String ARGUMENTS =
      "AzureFunctionsJobHost__customHandler__description__arguments__";

  private final StorageAccount account;
  private final Builder builder;
  private volatile SoraSimulator simulator;
  private Playground playground;
  private final List<FunctionsHost> hosts = new ArrayList<>();
  private final StoredQueue jobs;
  private final StoredQueue videos;
  private final StoredQueue poison;
  private final BlobContainerClient container;

  private LocalStack(Builder builder) {
    this.builder = builder;
    Azurite azurite = builder.azurite == null ? Azurite.shared() : builder.azurite;
    this.account = builder.account == null ? azurite.freshAccount() : builder.account;
    this.simulator = builder.withSimulator ? SoraSimulator.start(builder.simulatorOptions) : null;
    Map<String, String> settings = settings(builder);
    var queues = Connections.queues(account.connectionString());
    this.jobs = new StoredQueue(queues.getQueueClient(CopyVideo.JOBS));
    this.videos = new StoredQueue(queues.getQueueClient(CopyVideo.VIDEOS));
    this.poison = new StoredQueue(queues.getQueueClient(CopyVideo.JOBS + "-poison"));
    this.container =
        blobs(account).getBlobContainerClient(settings.getOrDefault("VIDEO_CONTAINER", CONTAINER));
    try {
      jobs.create();
      videos.create();
      if (builder.createContainer) {
        container.createIfNotExists();
      }
      for (int i = 0; i < builder.hosts; i++) {
        hosts.add(host(builder, settings));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private FunctionsHost host(Builder builder, Map<String, String> settings) {
    FunctionsHost.Builder host =
        FunctionsHost.builder(builder.app)
            .settings(settings)
            .connection(
                CopyVideo.CONNECTION,
                (builder.hostAccount == null ? account : builder.hostAccount).connectionString())
            .payload(builder.payload)
            .lease(builder.lease, builder.renewal)
            .httpPort(builder.httpPort);
    if (builder.panel != null) {
      host.withoutKey(builder.panel);
    }
    if (builder.neverGivingUp) {
      host.neverGivingUp();
    }
    builder.consoleListeners.forEach(host::onConsole);
    builder.invocationListeners.forEach(host::onInvocation);
    return host.start();
  }

  /** Looks that follow each other fast, a queue that is looked at often, one account for all. */
  private Map<String, String> settings(Builder builder) {
    Map<String, String> settings = new TreeMap<>();
    settings.put(CopyVideo.CONNECTION, account.connectionString());
    settings.put("COURIER_LOOK_FIRST_DELAY", "1s");
    settings.put("COURIER_LOOK_MAX_DELAY", "2s");
    // Azurite's first response takes longer than that of a service.
    settings.put("COURIER_JOBS_TIMEOUT", "10s");
    // Tests count what the service is asked.
    settings.put("COURIER_SORA_START_CHECK", "false");
    // As the template sets it: tests count invocations, and begin a run of the harvest themselves.
    settings.put("AzureWebJobs." + HarvestJobs.NAME + ".Disabled", "true");
    settings.put("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.2");
    settings.put("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:01");
    if (simulator != null) {
      settings.put("AZURE_OPENAI_ENDPOINT", simulator.endpoint().toString());
      settings.put("AZURE_OPENAI_API_KEY", simulator.apiKey());
      if (builder.simulatorOptions.server() != null) {
        settings.putAll(builder.simulatorOptions.server().settings(simulator));
      }
    }
    builder.settings.forEach(
        (name, value) -> {
          if (value == null) {
            settings.remove(name);
          } else {
            settings.put(name, value);
          }
        });
    return settings;
  }

  private static BlobServiceClient blobs(StorageAccount account) {
    return new BlobServiceClientBuilder()
        .connectionString(account.connectionString())
        .serviceVersion(BlobServiceVersion.V2025_07_05)
        .buildClient();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The service that is asked about jobs. */
  public SoraSimulator simulator() {
    return simulator;
  }

  /** What the console's panel works on; absent without a panel or without a simulator. */
  Optional<Playground> playground() {
    return Optional.ofNullable(playground);
  }

  /**
   * Another simulated server in place of the one so far, whose jobs are gone. The handlers are
   * restarted with its settings; storage and the port of the HTTP triggers stay.
   *
   * @param prepared what to do to the simulator before anybody calls it
   */
  void simulate(SimulatorOptions options, Consumer<SoraSimulator> prepared) {
    simulator.close();
    SoraSimulator next = SoraSimulator.start(options);
    prepared.accept(next);
    simulator = next;
    builder.simulator(options);
    Map<String, String> settings = settings(builder);
    hosts.forEach(host -> host.restartHandler(settings));
  }

  /** Restarts the handlers with another value of a setting. */
  void change(String name, String value) {
    builder.setting(name, value);
    Map<String, String> settings = settings(builder);
    hosts.forEach(host -> host.restartHandler(settings));
  }

  public StorageAccount account() {
    return account;
  }

  /** The first host, for most tests the only one. */
  public FunctionsHost host() {
    return hosts.get(0);
  }

  public List<FunctionsHost> hosts() {
    return List.copyOf(hosts);
  }

  /**
   * Puts a message on the queue of jobs, as it is.
   *
   * @return the queue's id of the message
   */
  public String enqueue(String text) {
    return jobs.send(text);
  }

  /** Puts a message of any bytes on the queue of jobs, as they stand. */
  public void enqueueBytes(byte[] body) {
    jobs.send(body);
  }

  /** The queue of jobs. */
  public StoredQueue jobs() {
    return jobs;
  }

  /** The queue of outcomes. */
  public StoredQueue videos() {
    return videos;
  }

  /** Where the host puts what failed too often. */
  public StoredQueue poison() {
    return poison;
  }

  /**
   * Waits for outcomes and takes them from their queue.
   *
   * @return all that were taken since the stack was started, in the order of their arrival
   * @throws AssertionError when fewer came in time; it tells what the handler wrote last
   */
  public List<JsonNode> awaitVideoMessages(int count, Duration timeout) {
    Waiting.until(() -> videos.take().size() >= count, timeout, () -> state(count));
    return videos.takenJson();
  }

  private String state(int count) {
    return "%d of %d video messages; %d messages of jobs are left, %d poisoned; invocations: %s; %s"
        .formatted(
            videos.taken().size(),
            count,
            jobs.count(),
            poison.count(),
            hosts.stream().map(host -> host.invocations().entries().toString()).toList(),
            lastLines());
  }

  private String lastLines() {
    List<String> lines = handlerLines();
    return "the handler's last lines:\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  /**
   * Waits until no job is left, visible or not, and no invocation is in progress.
   *
   * @throws AssertionError when some are left, or an invocation {@link Outcome#HUNG}
   */
  public void awaitIdle(Duration timeout) {
    Waiting.until(
        () -> jobs.count() == 0 && hosts.stream().allMatch(host -> host.inWork() == 0),
        timeout,
        () -> state(0));
    List<Invocation> hung =
        invocations().stream().filter(done -> done.outcome() == Outcome.HUNG).toList();
    if (!hung.isEmpty()) {
      throw new AssertionError("the real host would never have completed " + hung);
    }
  }

  /** Every invocation of every host that has ended. */
  public List<Invocation> invocations() {
    return hosts.stream().flatMap(host -> host.invocations().entries().stream()).toList();
  }

  /** What the handlers wrote, line by line. */
  public List<String> handlerLines() {
    return hosts.stream().flatMap(host -> host.console().entries().stream()).toList();
  }

  /** A blob of the container for videos. */
  public StoredBlob blob(String name) {
    return new StoredBlob(container.getBlobClient(name));
  }

  /** A table of the account. */
  public StoredTable table(String name) {
    return new StoredTable(account, name);
  }

  /** The names of all blobs in the container for videos. */
  public List<String> blobNames() {
    return container.exists()
        ? container.listBlobs().stream().map(BlobItem::getName).toList()
        : List.of();
  }

  /** The container for videos, for what is not available otherwise. */
  public BlobContainerClient container() {
    return container;
  }

  /** Stops hosts and simulator; a shared Azurite continues. */
  @Override
  public void close() {
    hosts.forEach(FunctionsHost::close);
    if (simulator != null) {
      simulator.close();
    }
  }

  /** What the stack is to be like. Every part has a default. */
  public static final class Builder {
    private final Map<String, String> settings = new TreeMap<>();
    private final List<Consumer<String>> consoleListeners = new ArrayList<>();
    private final List<Consumer<Invocation>> invocationListeners = new ArrayList<>();
    private Path app = PACKAGED_APP;
    private Azurite azurite;
    private StorageAccount account;
    private StorageAccount hostAccount;
    private boolean withSimulator = true;
    private boolean createContainer = true;
    private SimulatorOptions simulatorOptions = SimulatorOptions.defaults();
    private int hosts = 1;
    private int arguments;
    private boolean neverGivingUp;
    private IntSupplier httpPort = () -> 0;
    private PanelCalls panel;
    private long bytesPerSecond;
    private PayloadShape payload = PayloadShape.OBSERVED;
    private Duration lease = Duration.ofMinutes(10);
    private Duration renewal = Duration.ofMinutes(5);

    private Builder() {}

    /** The function app to run; {@code target/function-app} by default. */
    public Builder app(Path folder) {
      this.app = folder;
      return this;
    }

    /** An Azurite other than the shared one. The caller closes it. */
    public Builder azurite(Azurite other) {
      this.azurite = other;
      return this;
    }

    /** An account other than a fresh one. */
    public Builder account(StorageAccount other) {
      this.account = other;
      return this;
    }

    /** The same account, as the host is to reach it: through a proxy, for example. */
    public Builder hostAccount(StorageAccount sameAccount) {
      this.hostAccount = sameAccount;
      return this;
    }

    /** An app setting, over the stack's own; null takes one away. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /** What was set so; null where nothing was, or was taken away. */
    String setting(String name) {
      return settings.get(name);
    }

    /**
     * The largest heap of the handler, such as {@code 96m}. A JVM gets the collector that the
     * native executable has: another one cannot move large buffers, and finds no room for one
     * although there is enough.
     */
    public Builder heap(String size) {
      machineOptions("-Xmx" + size);
      return Executable.packaged().isNative() ? this : machineOptions("-XX:+UseSerialGC");
    }

    /** Arguments of the handler: options of the virtual machine in it, native or not. */
    public Builder machineOptions(String... options) {
      for (String option : options) {
        setting(ARGUMENTS + arguments++, option);
      }
      return this;
    }

    public Builder simulator(SimulatorOptions options) {
      this.simulatorOptions = options;
      return this;
    }

    /** No simulator: the endpoint is a setting. */
    public Builder withoutSimulator() {
      this.withSimulator = false;
      return this;
    }

    /** Leaves it to the courier to make the container. */
    public Builder withoutContainer() {
      this.createContainer = false;
      return this;
    }

    /** How many hosts, each with a handler of its own, work on the same queues. */
    public Builder hosts(int count) {
      this.hosts = count;
      return this;
    }

    /** See {@link FunctionsHost.Builder#neverGivingUp}. */
    public Builder neverGivingUp() {
      this.neverGivingUp = true;
      return this;
    }

    /** See {@link FunctionsHost.Builder#httpPort}; for one host only, unless 0. */
    public Builder httpPort(int port) {
      return httpPort(() -> port);
    }

    /** The same, decided once the handler is ready. */
    Builder httpPort(IntSupplier port) {
      this.httpPort = port;
      return this;
    }

    /**
     * As {@code mvn -Plocal} has it: no key is asked for, and the console has its panel, where
     * there is a simulator.
     *
     * @param bytesPerSecond how fast the simulator sends each video
     */
    public Builder withPanel(long bytesPerSecond) {
      this.panel = new PanelCalls();
      this.bytesPerSecond = bytesPerSecond;
      return this;
    }

    public Builder payload(PayloadShape shape) {
      this.payload = shape;
      return this;
    }

    /** See {@link FunctionsHost.Builder#lease}. */
    public Builder lease(Duration lease, Duration renewal) {
      this.lease = lease;
      this.renewal = renewal;
      return this;
    }

    public Builder onConsole(Consumer<String> listener) {
      consoleListeners.add(listener);
      return this;
    }

    public Builder onInvocation(Consumer<Invocation> listener) {
      invocationListeners.add(listener);
      return this;
    }

    /**
     * Starts everything and waits until the handlers are ready.
     *
     * @throws HandlerStartException when a handler does not start
     * @throws LocalStackException when anything else does not
     */
    public LocalStack start() {
      LocalStack stack = new LocalStack(this);
      if (panel != null && stack.simulator != null) {
        stack.playground = new Playground(stack, simulatorOptions, bytesPerSecond);
        panel.open(stack.playground);
      }
      return stack;
    }
  }
}
