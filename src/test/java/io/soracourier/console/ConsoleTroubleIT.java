package io.soracourier.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.browser.Browser;
import io.soracourier.browser.SentRequest;
import io.soracourier.browser.Tab;
import io.soracourier.local.LocalStack;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.StorageProxy.Rule;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.SimulatedJob;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the console says where something is missing, and how it gets over that. */
@Execution(ExecutionMode.SAME_THREAD)
class ConsoleTroubleIT {
  @TempDir private static Path profile;
  private static LocalStack stack;
  private static StorageProxy front;
  private static Browser browser;

  private OpenConsole console;
  private Tab tab;

  @BeforeAll
  static void start() throws IOException {
    stack = LocalStack.builder().setting("COURIER_LINKS_LIFETIME", "8s").start();
    front = StorageProxy.before(stack.host().url());
    browser = Browser.start(profile);
  }

  @AfterAll
  static void stop() {
    browser.close();
    front.close();
    stack.close();
  }

  @BeforeEach
  void prepare() {
    front.reset();
    console = console(stack, front.endpoint().toString());
    tab = console.tab();
  }

  private static OpenConsole console(LocalStack stack, String address) {
    return new OpenConsole(
        browser, address, stack.host().functionKey(), stack.account().blobEndpoint());
  }

  @AfterEach
  void close() {
    console.close();
  }

  private String trouble() {
    return tab.text("#trouble");
  }

  private void awaitTrouble(String text) {
    tab.waitUntil(
        "!document.getElementById('trouble').hidden && document.getElementById('trouble').innerText.includes(%s)"
            .formatted(Tab.literal(text)));
  }

  private void awaitNoTrouble() {
    tab.waitUntil("document.getElementById('trouble').hidden");
  }

  @Test
  void keyThatIsMissingOrWrong_isAskedForAndStaysInHeaderAndSession() {
    console.openWithoutKey();
    tab.waitUntil("document.getElementById('key').open");
    assertThat(tab.text("#key")).contains("asks for a key");
    enterKey("not-the-key");
    tab.waitUntil("document.getElementById('key-why').innerText.includes('refused')");
    enterKey(stack.host().functionKey());
    tab.waitUntil("!document.getElementById('health').hidden");

    assertThat(tab.evaluate("document.getElementById('key').open").asBoolean()).isFalse();
    assertThat(tab.evaluate("Object.values(sessionStorage)").get(0).asText())
        .isEqualTo(stack.host().functionKey());
    assertThat(tab.evaluate("localStorage.length + document.cookie.length").asInt()).isZero();
    Set<String> sent =
        console.calls("/api/jobs").stream()
            .map(request -> String.valueOf(request.header("x-functions-key")))
            .collect(Collectors.toSet());
    assertThat(sent).containsExactlyInAnyOrder("null", "not-the-key", stack.host().functionKey());
    assertThat(console.calls("/api/console"))
        .allSatisfy(request -> assertThat(request.header("x-functions-key")).isNull());
  }

  private void enterKey(String key) {
    tab.waitUntil("document.getElementById('key').open");
    tab.fill("#key-text", key);
    tab.click("#key-form button[type=submit]");
  }

  @Test
  void keyDialogThatIsCancelled_leavesAWayBackAndThePageGoesOn() {
    FakeTimers timers = new FakeTimers(tab);
    console.open();
    tab.waitUntil("!document.getElementById('health').hidden");
    tab.click("#key-button");
    timers.run();
    tab.click("#key-cancel");

    tab.waitUntil("!document.getElementById('key').open");
    tab.waitUntil("timers.delays().length === 1");
  }

  @Test
  void functionAppThatIsAway_isReportedAndThePageRecovers() {
    console.open();
    tab.waitUntil("!document.getElementById('health').hidden");
    Rule away = front.failAlways(request -> true, StorageFault.breakMidBody());
    tab.evaluate("document.dispatchEvent(new Event('courier:changed'))");
    awaitTrouble("cannot be reached");
    assertThat(trouble()).contains("keeps trying");
    away.end();
    awaitNoTrouble();

    Rule restarting = front.failAlways(request -> true, StorageFault.foreign(500, Map.of(), ""));
    tab.evaluate("document.dispatchEvent(new Event('courier:changed'))");
    awaitTrouble("restarting");
    tab.click("#trouble button");
    restarting.end();
    awaitNoTrouble();
  }

  @Test
  void appWithoutRecords_saysWhatToSet() {
    try (LocalStack off = LocalStack.builder().setting("COURIER_JOBS_TABLE", "").start();
        OpenConsole page = console(off, off.host().url()).open()) {
      page.tab()
          .waitUntil(
              "document.getElementById('jobs-empty').innerText.includes('courier.jobs.table')");
      SimulatedJob job = off.simulator().sora1Job().add();
      page.enqueue(job.id());
      page.tab().waitUntil("document.getElementById('enqueued').innerText.includes('enqueued')");
    }
  }

  @Test
  void linkThatHasExpired_isRenewedWhenTheVideoIsPlayed() throws Exception {
    SimulatedJob job = stack.simulator().sora1Job().add();
    console.open();
    console.enqueue(job.id());
    console.awaitRow(job.id(), "Copied");
    tab.click("#to-videos");
    String player = "document.querySelector('video')";
    tab.waitUntil(player + "?.readyState >= 1");
    String expired = tab.evaluate(player + ".src").asText();
    Waiting.until(() -> !works(expired), Tab.IN_TIME, () -> "the link works for ever");

    tab.click("video");
    tab.waitUntil("%s.src !== %s".formatted(player, Tab.literal(expired)));
    tab.waitUntil(player + ".currentTime > 0.2");
    assertThat(console.calls("/api/videos/" + job.generationId()))
        .extracting(SentRequest::method)
        .containsExactly("GET", "GET");
  }

  private static boolean works(String url) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
