package io.soracourier.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.browser.Axe;
import io.soracourier.browser.Browser;
import io.soracourier.browser.ColorScheme;
import io.soracourier.browser.Key;
import io.soracourier.browser.Screen;
import io.soracourier.browser.Screenshots;
import io.soracourier.browser.Tab;
import io.soracourier.local.LocalStack;
import io.soracourier.local.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console as people have it: screens, colors, screen readers, without scripts. */
@Execution(ExecutionMode.SAME_THREAD)
class ConsoleReadersIT {
  private static final String OVERFLOWING =
      """
      [...document.querySelectorAll('body *')].filter(e => !e.closest('.unseen'))
        .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map(e => e.outerHTML.slice(0, 200))
      """;

  @TempDir private static Path profile;
  @TempDir private static Path videos;
  private static LocalStack stack;
  private static Browser browser;
  private static Axe axe;

  private OpenConsole console;
  private Tab tab;

  @BeforeAll
  static void start() throws IOException {
    stack = LocalStack.builder().start();
    SampleJobs.write(stack, videos);
    browser = Browser.start(profile);
    axe = Axe.load();
  }

  @AfterAll
  static void stop() {
    browser.close();
    stack.close();
  }

  @BeforeEach
  void prepare() {
    console =
        new OpenConsole(
            browser,
            stack.host().url(),
            stack.host().functionKey(),
            stack.account().blobEndpoint());
    tab = console.tab();
  }

  @AfterEach
  void close() {
    console.close();
  }

  @ParameterizedTest
  @CsvSource({"WIDE, LIGHT", "WIDE, DARK", "PHONE, LIGHT", "PHONE, DARK"})
  void everyView_isAccessibleAndFits(Screen screen, ColorScheme scheme) {
    tab.show(screen, scheme);
    console.openWithoutKey();
    tab.waitUntil("document.getElementById('key').open");
    check("key", screen, scheme);

    console.open();
    console.awaitRow(SampleJobs.FAILED, "Failed");
    tab.waitUntil("!document.getElementById('health').hidden");
    assertThat(tab.evaluate("matchMedia('(prefers-color-scheme: dark)').matches").asBoolean())
        .isEqualTo(scheme == ColorScheme.DARK);
    check("jobs", screen, scheme);
    console.openJob(SampleJobs.FAILED);
    check("job", screen, scheme);
    tab.press(Key.ESCAPE);
    tab.waitUntil("!document.getElementById('job').open");
    showVideos();
    check("videos", screen, scheme);
  }

  private void showVideos() {
    tab.click("#to-videos");
    tab.waitUntil("document.querySelectorAll('#videos video').length === 6");
    tab.waitUntil("document.querySelector('#videos video').readyState >= 2");
  }

  private void check(String view, Screen screen, ColorScheme scheme) {
    String name = "console-%s-%s-%s".formatted(view, screen, scheme.code()).toLowerCase();
    Screenshots.keepScreen(tab, name);
    axe.assertAccessible(tab, name);
    assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
        .as(name)
        .isLessThanOrEqualTo(screen.width());
    assertThat(tab.evaluate(OVERFLOWING)).as(name).isEmpty();
  }

  @Test
  void pictures_areThoseOfTheDocuments() {
    console.open();
    console.awaitRow(SampleJobs.FAILED, "Failed");
    tab.waitUntil("!document.getElementById('health').hidden");
    Screenshots.keepForDocuments(tab, "console-jobs");
    tab.show(Screen.WIDE, ColorScheme.DARK);
    Screenshots.keepForDocuments(tab, "console-jobs-dark");
    tab.show(Screen.WIDE, ColorScheme.LIGHT);
    showVideos();
    tab.waitUntil(
        "[...document.querySelectorAll('#videos video')].filter(v => v.readyState >= 2).length >= 3");
    tab.evaluate("document.querySelector('.views').scrollIntoView()");
    tab.waitUntil("[...document.querySelectorAll('#videos video')].every(v => v.readyState >= 2)");
    tab.waitUntil("[...document.querySelectorAll('#videos video')].every(v => v.poster)");
    tab.evaluate(
        "Promise.all([...document.querySelectorAll('#videos video')].map("
            + "v => Object.assign(new Image(), { src: v.poster }).decode()))");
    // Controls go on turning their wheel for a while, those that are new do not.
    tab.evaluate("document.querySelectorAll('#videos video').forEach(v => v.replaceWith(v))");
    tab.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    Screenshots.keepForDocuments(tab, "console-videos");
  }

  @Test
  void listOfErrors_staysOpenWhileThePageGoesOn() {
    FakeTimers timers = new FakeTimers(tab);
    console.open();
    tab.waitUntil("document.querySelector('#errors summary')");
    tab.click("#errors summary");
    tab.evaluate("Date.now = (now => () => now() + 60_000)(Date.now)");
    tab.waitUntil("timers.delays().length === 1");
    timers.run();
    Waiting.until(
        () -> console.calls("/api/health").size() == 2, Tab.IN_TIME, () -> "health was not called");
    tab.waitUntil("timers.delays().length === 1");

    assertThat(tab.evaluate("document.querySelector('#errors details').open").asBoolean()).isTrue();
    assertThat(tab.text("#errors")).contains("returned 429");
    assertThat(tab.evaluate("document.activeElement.localName").asText()).isEqualTo("summary");
  }

  @Test
  void pageWithoutScripts_saysWhatToDo() {
    tab.withoutScripts();
    console.openWithoutKey();
    assertThat(tab.text("body")).contains("needs JavaScript", "curl -H", "/api/jobs");
    Screenshots.keepScreen(tab, "console-without-scripts");
  }
}
