package io.soracourier.local;

import io.soracourier.simulator.ServerProfile;
import io.soracourier.simulator.SimulatorOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The simulated service of a local run, to make jobs at, to change, and to make misbehave. */
final class Playground {
  /** The name of the service itself among those of the other servers. */
  static final String AZURE = "azure";

  private final LocalStack stack;
  private final SimulatorOptions options;
  private final FaultSwitches switches;
  private volatile Optional<ServerProfile> server;
  private volatile boolean harvesting;

  /**
   * @param options of the stack's simulator
   * @param bytesPerSecond how fast each video is sent
   */
  Playground(LocalStack stack, SimulatorOptions options, long bytesPerSecond) {
    this.stack = stack;
    this.server = Optional.ofNullable(options.server());
    this.options = options;
    this.switches = new FaultSwitches(bytesPerSecond);
    switches.apply(stack.simulator());
  }

  /** What the simulator plays; absent for Azure's service. */
  Optional<ServerProfile> server() {
    return server;
  }

  boolean isOn(ServiceFault fault) {
    return switches.isOn(fault);
  }

  /** The id of a new job, made the way an application does. */
  synchronized String sampleJob() {
    return server
        .map(other -> SampleJob.create(stack.simulator(), other))
        .orElseGet(() -> SampleJob.create(stack.simulator()));
  }

  /**
   * Makes jobs and puts their ids on the queue, unless they are left to the harvest.
   *
   * @throws UnknownNameException when the server has none of that kind
   * @throws IllegalArgumentException when it is more than are made at once
   */
  synchronized List<String> make(String kindName, int count) {
    List<JobKind> kinds = JobKind.of(server);
    JobKind kind =
        kinds.stream()
            .filter(each -> each.key().equals(kindName))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        "kind of job", kindName, kinds.stream().map(JobKind::key).toList()));
    if (count < 1 || count > kind.max()) {
      throw new IllegalArgumentException(
          "'count' must be 1 to %d for the kind '%s'".formatted(kind.max(), kindName));
    }
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(kind.make(stack.simulator(), server, options.stateTime()));
    }
    if (!harvesting) {
      ids.forEach(stack::enqueue);
    }
    return ids;
  }

  /**
   * The simulator becomes another server, which knows none of the jobs so far, and the handler is
   * restarted with its settings. Faults stay.
   *
   * @throws UnknownNameException when there is none of that name
   */
  synchronized void play(String name) {
    Optional<ServerProfile> other =
        name.equals(AZURE) ? Optional.empty() : Optional.of(profile(name));
    server = other;
    stack.simulate(
        other.map(options::withServer).orElseGet(options::withoutServer), switches::apply);
  }

  boolean isHarvesting() {
    return harvesting;
  }

  /** Whether the courier fetches what nobody has enqueued; restarts the handler. */
  synchronized void harvest(boolean on) {
    stack.change("COURIER_HARVEST_ENABLED", String.valueOf(on));
    harvesting = on;
  }

  private static ServerProfile profile(String name) {
    return ServerProfile.all().stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "server",
                    name,
                    Stream.concat(
                            Stream.of(AZURE), ServerProfile.all().stream().map(ServerProfile::name))
                        .toList()));
  }

  /**
   * @throws UnknownNameException when there is no such fault
   */
  void turn(String name, boolean on) {
    ServiceFault[] faults = ServiceFault.values();
    switches.turn(
        Arrays.stream(faults)
            .filter(fault -> fault.key().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        "fault", name, Arrays.stream(faults).map(ServiceFault::key).toList())),
        on);
  }
}
