package io.soracourier.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.browser.Tab;

/** Timers of a page that is opened later: those of a second and more run when a test says so. */
final class FakeTimers {
  private static final String SCRIPT =
      """
      (() => {
        const set = window.setTimeout, clear = window.clearTimeout, pending = new Map();
        let last = 1_000_000;
        window.setTimeout = (act, delay = 0, ...rest) => {
          if (delay < 1_000) return set(act, delay, ...rest);
          pending.set(++last, {act, delay});
          return last;
        };
        window.clearTimeout = id => pending.delete(id) || clear(id);
        window.timers = {
          delays: () => [...pending.values()].map(timer => timer.delay),
          run: () => {
            const due = [...pending.values()];
            pending.clear();
            due.forEach(timer => timer.act());
          }
        };
      })()
      """;

  private final Tab tab;

  FakeTimers(Tab tab) {
    this.tab = tab;
    tab.beforeEachPage(SCRIPT);
  }

  /** What is waited for, in milliseconds. */
  JsonNode delays() {
    return tab.evaluate("timers.delays()");
  }

  /** The time of all of them has come. */
  void run() {
    tab.evaluate("timers.run()");
  }
}
