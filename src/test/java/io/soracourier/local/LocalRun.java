package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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
      narrator.step("storage", account.blobEndpoint());
      narrator.step("", account.queueEndpoint());
      narrator.step("", account.tableEndpoint());
      try (LocalStack stack = stack(azurite, account);
          Outcomes outcomes = new Outcomes(stack.videos(), narrator::message)) {
        narrator.step("service", service(stack));
        narrator.step("handler", "process " + stack.host().pid() + ", ready");
        firstJob(stack).ifPresent(job -> copy(stack, outcomes, job));
        if (terminal != null) {
          stayUp(stack, outcomes);
        }
      }
    }
  }

  private LocalStack stack(Azurite azurite, StorageAccount account) {
    return options
        .apply(
            LocalStack.builder()
                .azurite(azurite)
                .account(account)
                .simulator(options.simulator(STATE_TIME))
                .httpPort(options.httpPort())
                .onConsole(narrator::handlerLine))
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

  private Optional<String> firstJob(LocalStack stack) {
    if (options.isSimulated()) {
      return Optional.of(sampleJob(stack));
    }
    return options.job().or(() -> Optional.ofNullable(terminal.ask("\nJob id: ")));
  }

  private String sampleJob(LocalStack stack) {
    return options
        .server()
        .map(server -> SampleJob.create(stack.simulator(), server))
        .orElseGet(() -> SampleJob.create(stack.simulator()));
  }

  private void copy(LocalStack stack, Outcomes outcomes, String job) {
    narrator.title(job);
    stack.enqueue(job);
    narrator.step("queued", "on sora-jobs");
    Waiting.until(
        () -> outcomes.find(job).isPresent() || gaveUp(stack, job),
        options.isSimulated() ? SIMULATED_JOB : REAL_JOB,
        () -> "there is no message about " + job);
    JsonNode message =
        outcomes
            .find(job)
            .orElseThrow(
                () ->
                    new LocalStackException(
                        "the host gave up on " + job + "; the handler's lines above say why"));
    String found = new Delivery(stack).verify(message);
    narrator.step("blob", message.path("blobUrl").asText());
    narrator.step("verified", found);
    narrator.step("record", call(stack.host(), "jobs", job));
    narrator.step("diagnosis", call(stack.host(), "diagnose", job));
  }

  /** To be opened in a browser. */
  private static String call(FunctionsHost host, String call, String job) {
    return "%s/api/%s/%s?code=%s"
        .formatted(
            host.url(), call, URLEncoder.encode(job, StandardCharsets.UTF_8), host.functionKey());
  }

  /** Moved to the poison queue, or nobody is left to work on it. */
  private static boolean gaveUp(LocalStack stack, String job) {
    return stack.host().stopped().isPresent()
        || stack.poison().peek().stream().anyMatch(message -> message.contains(job));
  }

  private void stayUp(LocalStack stack, Outcomes outcomes) {
    narrator.title(
        """
        Everything stays up. Type a job id to copy it%s, or q to stop.
        From another window:

          curl -H "x-functions-key: %s" -d JOB_ID %s/api/jobs
          az storage message put --queue-name sora-jobs --content JOB_ID --connection-string "%s"

        %s"""
            .formatted(
                options.isSimulated() ? ", Enter alone for another sample job" : "",
                stack.host().functionKey(),
                stack.host().url(),
                stack.account().connectionString(),
                options.isSimulated()
                    ? "For a real service, set AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_KEY and run"
                        + " 'mvn -Plocal' again."
                    : "Unset AZURE_OPENAI_ENDPOINT for the simulator."));
    for (String line = terminal.ask("> ");
        line != null && !line.equals("q");
        line = terminal.ask("> ")) {
      String job = line.isEmpty() && options.isSimulated() ? sampleJob(stack) : line;
      if (!job.isEmpty()) {
        copyAndTell(stack, outcomes, job);
      }
    }
  }

  /** A job that fails is an answer too, once the person is there to read it. */
  private void copyAndTell(LocalStack stack, Outcomes outcomes, String job) {
    try {
      copy(stack, outcomes, job);
    } catch (LocalStackException | AssertionError e) {
      narrator.step("failed", e.getMessage());
    }
  }
}
