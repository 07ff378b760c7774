package io.soracourier.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.browser.Axe;
import io.soracourier.browser.Browser;
import io.soracourier.browser.Tab;
import io.soracourier.local.LocalStack;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the console shows of the harvest, where that is on. */
@Execution(ExecutionMode.SAME_THREAD)
class ConsoleHarvestIT {
  @Test
  void harvestNow_fetchesWhatNobodyHasEnqueuedAndSaysWhatItFound(@TempDir Path profile)
      throws Exception {
    try (LocalStack stack =
            LocalStack.builder().setting("COURIER_HARVEST_ENABLED", "true").start();
        Browser browser = Browser.start(profile);
        OpenConsole console =
            new OpenConsole(
                browser,
                stack.host().url(),
                stack.host().functionKey(),
                stack.account().blobEndpoint())) {
      SimulatedJob job = stack.simulator().sora2Video().add();
      SimulatedJob failed = stack.simulator().sora2Video().failed("moderation_blocked").add();
      Tab tab = console.open().tab();
      tab.waitUntil("!document.getElementById('harvest').hidden");
      assertThat(tab.text("#harvest-run")).contains("No run yet");
      assertThat(stack.simulator().requests(Route.LIST_VIDEOS)).isEmpty();

      console.press("Harvest now");

      console.awaitRow(job.id(), "Copied");
      tab.waitUntil("document.getElementById('harvest-run').textContent.includes('1 enqueued')");
      assertThat(tab.text("#harvest-run"))
          .contains("2 jobs listed", "1 failed at the service")
          .doesNotContain("but ");
      assertThat(tab.evaluate(OpenConsole.row(failed.id()) + " === undefined").asBoolean())
          .isTrue();
      assertThat(console.calls("/api/harvest")).anyMatch(call -> call.method().equals("POST"));
      Axe.load().assertAccessible(tab, "console-harvest");
    }
  }
}
