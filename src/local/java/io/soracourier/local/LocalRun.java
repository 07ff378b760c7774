package io.soracourier.local;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What {@code mvn -Plocal} runs once the function app is built: the local stack, a sample job
 * through all of it, and on a terminal a prompt for more.
 *
 * <p>Exits with 0 when the video arrived byte for byte, else with 1 and the reason.
 */
public final class LocalRun {
  private static final Duration SIMULATED_JOB = Duration.ofMinutes(2);
  private static final Duration REAL_JOB = Duration.ofMinutes(30);
  private static final Duration STATE_TIME = Duration.ofSeconds(2);

  /** So that one can watch a large video being copied. */
  private static final long BYTES_PER_SECOND = 10L * 1024 * 1024;

  private final LocalOptions options;
  private final Terminal terminal;
  private final Narrator narrator = new Narrator(System.out);

  private LocalRun(LocalOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  public static void main(String[] args) {
    System.exit(run());
  }

  private static int run() {
    try {
      LocalOptions options = LocalOptions.of(System.getenv(), System.getProperties());
      new LocalRun(options, Terminal.find()).go();
      return 0;
    } catch (LocalStackException | AssertionError | UncheckedIOException e) {
      System.err.println();
      System.err.println("The local run failed: " + e.getMessage());
      return 1;
    }
  }

  private void go() {
    if (!options.isSimulated() && terminal == null && options.job().isEmpty()) {
      throw new LocalStackException(
          "a real endpoint needs a job id: give -Dlocal.job=task_… or run on a terminal");
    }
    HostJson.read(LocalStack.PACKAGED_APP, Map.of());
    narrator.title("Sora Courier, on this machine");
    try (Azurite azurite =
        Azurite.builder()
            .ports(options.blobPort(), options.queuePort(), options.tablePort())
            .start()) {
      StorageAccount account = azurite.developmentAccount();
      try (LocalStack stack = stack(azurite, account);
          Outcomes outcomes = new Outcomes(stack.videos(), narrator::message)) {
        Optional<Playground> playground = stack.playground();
        narrator.step("console", console(stack));
        if (options.httpPort().isEmpty() && !stack.host().url().endsWith(":" + HttpPort.USUAL)) {
          narrator.step("", "port %d is taken".formatted(HttpPort.USUAL));
        }
        narrator.step("storage", account.blobEndpoint());
        narrator.step("", account.queueEndpoint());
        narrator.step("", account.tableEndpoint());
        narrator.step("service", service(stack));
        narrator.step("handler", "process " + stack.host().pid() + ", ready");
        if (options.dev()) {
          narrator.step("dev mode", "the next request reloads what has changed in src/main");
        }
        JobRun jobs =
            new JobRun(stack, outcomes, narrator, options.isSimulated() ? SIMULATED_JOB : REAL_JOB);
        if (terminal == null) {
          jobs.copy(playground.map(Playground::sampleJob).or(options::job).orElseThrow());
        } else {
          playground
              .<Supplier<String>>map(service -> service::sampleJob)
              .or(() -> options.job().map(job -> () -> job))
              .ifPresent(jobs::copyAndTell);
          stayUp(stack, playground, jobs);
        }
      }
    }
  }

  /** The page to keep open. */
  private static String console(LocalStack stack) {
    return stack.host().url() + "/api/console";
  }

  private LocalStack stack(Azurite azurite, StorageAccount account) {
    return options
        .apply(
            LocalStack.builder()
                .azurite(azurite)
                .account(account)
                .simulator(options.simulator(STATE_TIME))
                .httpPort(() -> options.httpPort().orElseGet(() -> HttpPort.ifFree(HttpPort.USUAL)))
                .withPanel(BYTES_PER_SECOND)
                .onConsole(options.dev() ? narrator::devLine : narrator::handlerLine))
        .start();
  }

  private String service(LocalStack stack) {
    return options.isSimulated()
        ? stack.simulator().endpoint()
            + options
                .server()
                .map(server -> " (%s, simulated)".formatted(server.title()))
                .orElse(" (simulated)")
        : options.endpoint().orElseThrow();
  }

  private void stayUp(LocalStack stack, Optional<Playground> playground, JobRun jobs) {
    narrator.title(
        """
        Everything stays up. Type a job id to copy it%s, or q to stop.
        From another window:

          curl -d JOB_ID %s/api/jobs
          az storage message put --queue-name sora-jobs --content JOB_ID --connection-string "%s"

        %s"""
            .formatted(
                options.isSimulated() ? ", Enter alone for another sample job" : "",
                stack.host().url(),
                stack.account().connectionString(),
                options.isSimulated()
                    ? "For a real service, set AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_KEY and run"
                        + " 'mvn -Plocal' again."
                    : "Unset AZURE_OPENAI_ENDPOINT for the simulator."));
    narrator.step("console", console(stack));
    for (String line = terminal.ask("> "); !"q".equals(line); line = terminal.ask("> ")) {
      if (line == null) {
        narrator.title("The terminal's input has ended: all of it stops.");
        return;
      }
      String job = line;
      if (!job.isEmpty()) {
        jobs.copyAndTell(() -> job);
      } else {
        playground.ifPresent(service -> jobs.copyAndTell(service::sampleJob));
      }
    }
  }
}
