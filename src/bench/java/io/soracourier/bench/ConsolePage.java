package io.soracourier.bench;

import io.soracourier.browser.Browser;
import io.soracourier.browser.Tab;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The console in Chromium, with all of its jobs, refreshed and scrolled. */
final class ConsolePage {
  private static final int ROUNDS = 10;
  private static final int PIXELS = 6_000;

  /** The browser tells of tasks from this length on, in milliseconds. */
  private static final double MIN_TOLD = 50;

  private static final String OBSERVE =
      """
      window.longTasks = [];
      new PerformanceObserver(list => list.getEntries().forEach(task => longTasks.push(task.duration)))
        .observe({type: 'longtask', buffered: true});
      """;

  /** A task of the page that is too long, by which the observing is observed. */
  private static final String BE_LONG =
      """
      void setTimeout(() => { for (const end = performance.now() + 120; performance.now() < end; ); })
      """;

  private final URI address;
  private final ConsoleJobs jobs;
  private final Path directory;

  ConsolePage(URI address, ConsoleJobs jobs, Path directory) {
    this.address = address;
    this.jobs = jobs;
    this.directory = directory;
  }

  /** The longest task of each round, in milliseconds. */
  Samples longestTasks() {
    try (Browser browser = Browser.start(Files.createTempDirectory(directory, "browser"));
        Tab tab = browser.tab()) {
      tab.open(address.toString());
      tab.waitUntil("document.querySelectorAll('#jobs .job').length > 0");
      while (rows(tab) < ConsoleJobs.COUNT) {
        int before = rows(tab);
        tab.click("#more");
        tab.waitUntil("document.querySelectorAll('#jobs .job').length > " + before);
      }
      tab.evaluate("(() => {" + OBSERVE + "})()");
      tab.evaluate(BE_LONG);
      tab.waitUntil("longTasks.some(millis => millis >= 120)");
      round(tab, 1);
      List<Double> longest = new ArrayList<>();
      for (int i = 2; i < ROUNDS + 2; i++) {
        longest.add(round(tab, i));
      }
      return new Samples(longest);
    } catch (IOException e) {
      throw new BenchException("the browser did not start", e);
    } catch (AssertionError e) {
      throw new BenchException("the page does not do what it should", e);
    }
  }

  private static int rows(Tab tab) {
    return tab.evaluate("document.querySelectorAll('#jobs .job').length").asInt();
  }

  private double round(Tab tab, int number) {
    tab.evaluate("scrollTo(0, 0)");
    tab.evaluate("longTasks.length = 0");
    jobs.move(number);
    tab.evaluate("document.dispatchEvent(new Event('courier:changed'))");
    while (!tab.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 1")
        .asBoolean()) {
      int before = tab.evaluate("scrollY").asInt();
      tab.scroll(PIXELS);
      tab.waitUntil("scrollY > " + before);
    }
    tab.waitUntil(
        "[...document.querySelectorAll('#jobs .bar:not([hidden]) progress')].every(bar => bar.value === "
            + number
            + ")");
    tab.evaluate("new Promise(idle => requestIdleCallback(idle))");
    return tab.evaluate("Math.max(%s, ...longTasks)".formatted(MIN_TOLD)).asDouble();
  }
}
