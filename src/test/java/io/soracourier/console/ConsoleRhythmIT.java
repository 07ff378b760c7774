package io.soracourier.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.browser.Browser;
import io.soracourier.browser.Tab;
import io.soracourier.local.LocalStack;
import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How often an open console calls, from the moment when there is nothing to see. */
@Execution(ExecutionMode.SAME_THREAD)
class ConsoleRhythmIT {
  private static final int FAST = 2_000;
  private static final int SLOW = 30_000;

  private OpenConsole console;
  private Tab tab;
  private FakeTimers timers;

  @Test
  void page_callsOftenWhileSomethingMovesSeldomElseAndNotWhileHidden(@TempDir Path profile)
      throws Exception {
    try (LocalStack stack = LocalStack.builder().start();
        Browser browser = Browser.start(profile);
        OpenConsole page =
            new OpenConsole(
                browser,
                stack.host().url(),
                stack.host().functionKey(),
                stack.account().blobEndpoint())) {
      console = page;
      tab = page.tab();
      timers = new FakeTimers(tab);
      SimulatedJob job = stack.simulator().sora1Job().statuses("running").add();
      page.open();
      tab.waitUntil("document.getElementById('jobs-empty').innerText.includes('No jobs yet')");
      assertThat(tab.text("#jobs-empty")).contains("Enqueue the id of a job");
      assertNext(SLOW);

      page.enqueue(job.id());
      page.awaitRow(job.id(), "Waiting");
      assertNext(FAST);
      runAndAwaitCall();
      assertNext(FAST);

      int calls = calls();
      tab.hide();
      tab.waitUntil("timers.delays().length === 0");
      assertThat(calls()).isEqualTo(calls);
      tab.unhide();
      awaitCall(calls);

      job.moveTo("succeeded");
      tab.evaluate("Date.now = (now => () => now() + 60_000)(Date.now)");
      tab.waitUntil("timers.delays().length === 1");
      while (!page.rowText(job.id()).contains("Copied")) {
        runAndAwaitCall();
      }
      assertNext(SLOW);
    }
  }

  /** There is one timer, which calls next. */
  private void assertNext(int millis) {
    tab.waitUntil("timers.delays().length === 1");
    assertThat(timers.delays().get(0).asInt()).isEqualTo(millis);
  }

  private int calls() {
    return console.calls("/api/jobs?limit").size();
  }

  private void runAndAwaitCall() {
    int before = calls();
    timers.run();
    awaitCall(before);
  }

  private void awaitCall(int before) {
    io.soracourier.local.Waiting.until(
        () -> calls() > before, Tab.IN_TIME, () -> "no call after " + before);
    tab.waitUntil("timers.delays().length === 1");
  }
}
