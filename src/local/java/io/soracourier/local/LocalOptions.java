package io.soracourier.local;

import io.soracourier.simulator.ServerProfile;
import io.soracourier.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the local run is given: system properties {@code local.*} and {@code courier.local.server},
 * and the environment for a real endpoint.
 *
 * @param httpPort of the functions with an HTTP trigger; absent for the usual one, 0 for a free one
 * @param server what the simulator plays in place of Azure's service
 * @param dev whether the handler is Quarkus's dev mode, which reloads what is edited
 * @param job the job to copy from a real endpoint; asked for on a terminal when absent
 * @param endpoint a real service; absent for the simulator
 * @param passedOn variables of the environment that are the courier's too: its settings, and the
 *     proxy on the way to the service
 */
record LocalOptions(
    int blobPort,
    int queuePort,
    int tablePort,
    int simulatorPort,
    Optional<Integer> httpPort,
    Optional<ServerProfile> server,
    boolean dev,
    Optional<String> job,
    Optional<String> endpoint,
    Optional<String> apiKey,
    Map<String, String> passedOn) {
  private static final String SERVER = "courier.local.server";
  private static final String ENDPOINT = "AZURE_OPENAI_ENDPOINT";

  /** The way out of this network, in either case of letters. */
  private static final Set<String> PROXIES = Set.of("HTTPS_PROXY", "NO_PROXY");

  /** What every setting of the courier itself begins with. */
  private static final String SETTINGS = "COURIER_";

  /** What the documents call a function's key in a shell: a secret, and no setting. */
  private static final String CALLERS_KEY = "COURIER_KEY";

  private static final String API_KEY = "AZURE_OPENAI_API_KEY";

  static LocalOptions of(Map<String, String> environment, Map<Object, Object> properties) {
    LocalOptions options =
        new LocalOptions(
            port(properties, "local.blobPort"),
            port(properties, "local.queuePort"),
            port(properties, "local.tablePort"),
            port(properties, "local.simulatorPort"),
            filled(properties.get("local.httpPort")).map(any -> port(properties, "local.httpPort")),
            filled(properties.get(SERVER)).map(LocalOptions::server),
            filled(properties.get("local.dev")).filter(value -> !value.equals("false")).isPresent(),
            filled(properties.get("local.job")),
            filled(environment.get(ENDPOINT)),
            filled(environment.get(API_KEY)),
            environment.entrySet().stream()
                .filter(variable -> isPassedOn(variable.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    if (options.endpoint.isPresent() != options.apiKey.isPresent()) {
      throw new LocalStackException(
          "only one of %s and %s is set: set both to use a real endpoint (the key none if it wants none), or neither for the simulator"
              .formatted(ENDPOINT, API_KEY));
    }
    if (options.endpoint.isPresent() && options.server.isPresent()) {
      throw new LocalStackException(
          "both %s and -D%s are given: a real service, or a simulated one"
              .formatted(ENDPOINT, SERVER));
    }
    return options;
  }

  private static boolean isPassedOn(String variable) {
    return variable.startsWith(SETTINGS) && !variable.equals(CALLERS_KEY)
        || PROXIES.contains(variable.toUpperCase(Locale.ROOT));
  }

  private static ServerProfile server(String name) {
    try {
      return ServerProfile.named(name);
    } catch (IllegalArgumentException e) {
      throw new LocalStackException("-D%s: %s".formatted(SERVER, e.getMessage()));
    }
  }

  private static Optional<String> filled(Object value) {
    return Optional.ofNullable(value).map(Object::toString).filter(text -> !text.isBlank());
  }

  private static int port(Map<Object, Object> properties, String name) {
    String text = filled(properties.get(name)).orElse("0");
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
      throw new LocalStackException("-D%s=%s is not a port".formatted(name, text));
    }
    return Integer.parseInt(text);
  }

  boolean isSimulated() {
    return endpoint.isEmpty();
  }

  SimulatorOptions simulator(Duration stateTime) {
    SimulatorOptions options =
        SimulatorOptions.defaults().withPort(simulatorPort).withStateTime(stateTime);
    return server.map(options::withServer).orElse(options);
  }

  LocalStack.Builder apply(LocalStack.Builder stack) {
    stack
        .setting("COURIER_ASSETS", "thumbnail")
        .setting("AzureWebJobs.HarvestJobs.Disabled", "false");
    if (dev) {
      DevMode.apply(stack, ProjectDirectory.path());
    }
    if (isSimulated()) {
      return stack;
    }
    stack
        .withoutSimulator()
        .setting(ENDPOINT, endpoint.orElseThrow())
        .setting(API_KEY, apiKey.orElseThrow())
        .setting("COURIER_SORA_START_CHECK", null)
        .setting("COURIER_LOOK_FIRST_DELAY", null)
        .setting("COURIER_LOOK_MAX_DELAY", null);
    passedOn.forEach(stack::setting);
    return stack;
  }
}
