package io.soracourier.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.browser.Browser;
import io.soracourier.browser.Key;
import io.soracourier.browser.Tab;
import io.soracourier.local.LocalStack;
import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The console without a mouse. */
@Execution(ExecutionMode.SAME_THREAD)
class ConsoleKeyboardIT {
  private static final int MAX_TABS = 60;

  /** Whether what has the focus can be seen to have it. */
  private static final String FOCUS_SHOWN =
      """
      (() => {
        const e = document.activeElement;
        return e.matches(':focus-visible')
          && [undefined, '::after'].some(part => getComputedStyle(e, part).outlineStyle !== 'none');
      })()
      """;

  private Tab tab;

  @Test
  void keyboardAlone_enqueuesOpensClosesAndFilters(@TempDir Path profile) throws Exception {
    try (LocalStack stack = LocalStack.builder().start();
        Browser browser = Browser.start(profile);
        OpenConsole console =
            new OpenConsole(
                browser,
                stack.host().url(),
                stack.host().functionKey(),
                stack.account().blobEndpoint())) {
      tab = console.open().tab();
      use(console, stack.simulator().sora1Job().failed("internal_error").add());
    }
  }

  private void use(OpenConsole console, SimulatedJob job) {
    tabTo("ids");
    tab.type(job.id());
    tabTo("", "Enqueue");
    tab.press(Key.ENTER);
    console.awaitRow(job.id(), "Failed");

    tabTo("state");
    tab.press(Key.DOWN);
    assertThat(tab.evaluate("document.getElementById('state').value").asText())
        .isEqualTo("waiting");
    tab.waitUntil("!(" + OpenConsole.row(job.id()) + ")");
    tab.press(Key.UP);
    console.awaitRow(job.id(), "Failed");

    tabTo("", job.id());
    tab.press(Key.ENTER);
    tab.waitUntil("document.getElementById('job').open");
    tab.waitUntil("document.getElementById('job').contains(document.activeElement)");
    tab.press(Key.ESCAPE);
    tab.waitUntil("!document.getElementById('job').open");
    assertThat(tab.evaluate("document.activeElement.textContent").asText())
        .as("what has the focus again")
        .isEqualTo(job.id());
  }

  private void tabTo(String id) {
    tabTo(id, null);
  }

  /** Presses Tab until an element has the focus; each on the way can be seen to have it. */
  private void tabTo(String id, String text) {
    String there =
        text == null
            ? "document.activeElement.id === " + Tab.literal(id)
            : "document.activeElement.textContent === " + Tab.literal(text);
    for (int i = 0; i < MAX_TABS; i++) {
      tab.press(Key.TAB);
      String focused = tab.evaluate("document.activeElement.outerHTML.slice(0, 200)").asText();
      if (!focused.startsWith("<body") && !focused.startsWith("<html")) {
        assertThat(tab.evaluate(FOCUS_SHOWN).asBoolean()).as(focused).isTrue();
      }
      if (tab.evaluate(there).asBoolean()) {
        return;
      }
    }
    throw new AssertionError("not reached with Tab: " + id + text);
  }
}
