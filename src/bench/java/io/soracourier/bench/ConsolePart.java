package io.soracourier.bench;

import io.soracourier.local.DebianTool;
import io.soracourier.local.LocalStackException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The console with as many jobs as it lists: its call for them, and its page in a browser. */
final class ConsolePart {
  private static final int WARM_UP_CALLS = 20;
  private static final int CALLS = 60;
  private static final String CALL = "/api/jobs?limit=" + ConsoleJobs.COUNT;

  private static final List<String> METHOD =
      List.of(
          "The table has 1,000 records: 50 of jobs that are being made, one in ten of the others failed, the rest copied. The call is the one with which the page asks for all of them, sent to the courier directly, as the Functions host forwards it, from its sending to the last byte. Before it is counted it is sent 20 times.",
          "In the browser all 1,000 are listed. In each round 50 of them make progress, the page refreshes, and the wheel is turned from the list's beginning to its end. Tasks are those that the browser itself calls long, from 50 ms: where there is none, 50 ms is shown.");

  private final BenchStack stack;
  private final List<Program> programs;
  private final BenchOptions options;
  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  private record Caller(String title, RunningCourier courier) {}

  ConsolePart(BenchStack stack, List<Program> programs, BenchOptions options, Path directory) {
    this.stack = stack;
    this.programs = programs;
    this.options = options;
    this.directory = directory;
  }

  Section run() {
    Progress.say("console");
    ConsoleJobs jobs = new ConsoleJobs(stack.records());
    jobs.write();
    List<Caller> callers = new ArrayList<>();
    try {
      for (Program program : programs) {
        Map<String, String> settings = new LinkedHashMap<>(program.heapSetting(options.heap()));
        settings.put("COURIER_JOBS_TIMEOUT", "10s");
        callers.add(
            new Caller(
                program.title(options.heap()),
                RunningCourier.start(program.executable(), stack.settings(settings))));
      }
      return section(callers, jobs);
    } finally {
      callers.forEach(caller -> caller.courier().close());
    }
  }

  private Section section(List<Caller> callers, ConsoleJobs jobs) {
    Rounds.run(WARM_UP_CALLS, callers, this::call);
    Map<Caller, List<Double>> calls = Rounds.run(CALLS, callers, this::call);
    List<Table> tables = new ArrayList<>();
    List<Judgement> judgements = new ArrayList<>();
    List<List<Cell>> rows = new ArrayList<>();
    calls.forEach(
        (caller, millis) -> {
          Samples samples = new Samples(millis);
          rows.add(List.of(Cell.text(caller.title()), Cell.milliseconds(samples)));
          judgements.add(new Judgement(Target.CONSOLE_CALL, caller.title(), samples.median()));
        });
    tables.add(new Table("The call for 1,000 jobs", List.of("program", "time"), rows));
    if (hasChromium()) {
      Progress.say("console in the browser");
      // The last one is the one that was packaged last, where there are two.
      RunningCourier courier = callers.get(callers.size() - 1).courier();
      Samples longest =
          new ConsolePage(courier.uri("/api/console"), jobs, directory).longestTasks();
      tables.add(
          new Table(
              "The page with 1,000 jobs",
              List.of("what", "longest task of a round"),
              List.of(List.of(Cell.text("refreshed and scrolled"), Cell.milliseconds(longest)))));
      judgements.add(new Judgement(Target.CONSOLE_TASK, "Chromium", longest.most()));
    }
    return new Section(Part.CONSOLE, METHOD, tables, judgements);
  }

  private double call(Caller caller) {
    HttpRequest request = HttpRequest.newBuilder(caller.courier().uri(CALL)).build();
    long start = System.nanoTime();
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      double millis = (System.nanoTime() - start) / 1e6;
      if (response.statusCode() != 200) {
        throw new BenchException("%s returned %d".formatted(CALL, response.statusCode()));
      }
      return millis;
    } catch (IOException e) {
      throw new BenchException(CALL + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private static boolean hasChromium() {
    try {
      DebianTool.CHROMIUM.path();
      return true;
    } catch (LocalStackException missing) {
      Progress.say("the page is not measured: " + missing.getMessage());
      return false;
    }
  }
}
