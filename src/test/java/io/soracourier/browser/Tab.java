package io.soracourier.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.soracourier.local.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * One tab of a browser. Closing it fails where an exception was not caught, anything was reported
 * on the console, or the page did what its Content-Security-Policy forbids.
 */
public final class Tab implements AutoCloseable {
  /** For what takes a second or a few on a machine that has nothing else to do. */
  public static final Duration IN_TIME = Duration.ofSeconds(60);

  private static final int MAX_TEXT = 3_000;

  private final DevTools tools;
  private final String context;
  private final String session;
  private final TabLog log = new TabLog();
  private final Hands hands = new Hands(this);
  private final Surroundings surroundings;

  Tab(DevTools tools, String context, String target) {
    this.tools = tools;
    this.context = context;
    this.session =
        tools
            .send(
                null,
                "Target.attachToTarget",
                DevTools.parameters().put("targetId", target).put("flatten", true))
            .path("sessionId")
            .asText();
    this.surroundings = new Surroundings(tools, this, context, target);
    tools.listen(session, log::event);
    for (String domain : List.of("Page", "Network", "Runtime", "Log", "Audits")) {
      send(domain + ".enable", DevTools.parameters());
    }
    send("Page.setLifecycleEventsEnabled", DevTools.parameters().put("enabled", true));
    show(Screen.WIDE, ColorScheme.LIGHT);
  }

  // How the reader has it

  public void show(Screen screen, ColorScheme scheme) {
    surroundings.show(screen, scheme);
  }

  /** From now on pages have no scripts. */
  public void withoutScripts() {
    surroundings.withoutScripts();
  }

  /** Every page to come runs this before any script of its own. */
  public void beforeEachPage(String script) {
    surroundings.beforeEachPage(script);
  }

  /** Another tab comes before this one in its window. */
  public void hide() {
    surroundings.hide();
    waitUntil("document.visibilityState === 'hidden'");
  }

  public void unhide() {
    surroundings.unhide();
    waitUntil("document.visibilityState === 'visible'");
  }

  // What the reader does

  /** Opens a page and waits until it is loaded; returns every request that this took. */
  public List<SentRequest> open(String url) {
    log.forget();
    JsonNode navigation = send("Page.navigate", DevTools.parameters().put("url", url));
    if (navigation.has("errorText")) {
      throw new AssertionError(url + ": " + navigation.path("errorText").asText());
    }
    log.awaitLoad(navigation.path("loaderId").asText(), IN_TIME);
    return requests();
  }

  public void click(String selector) {
    hands.click(selector);
  }

  /** Writes into what has the focus, over what is selected there. */
  public void type(String text) {
    hands.type(text);
  }

  /** Clicks a field and replaces what is in it. */
  public void fill(String selector, String text) {
    hands.click(selector);
    hands.selectAll();
    hands.type(text);
  }

  public void press(Key key) {
    hands.press(key, false);
  }

  public void pressWithShift(Key key) {
    hands.press(key, true);
  }

  /** Turns the wheel in the middle of the page, by so many pixels downwards. */
  public void scroll(int pixels) {
    hands.scroll(Screen.PHONE.width() / 2, Screen.PHONE.height() / 2, pixels);
  }

  // What the reader sees

  /** The value of an expression in the page; of a promise, once it is kept. */
  public JsonNode evaluate(String expression) {
    JsonNode result =
        send(
            "Runtime.evaluate",
            DevTools.parameters()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
    }
    return result.at("/result/value");
  }

  /** What the first such element says, as it is rendered; empty where there is none. */
  public String text(String selector) {
    return evaluate(
            "(e => e ? e.innerText : '')(document.querySelector(%s))".formatted(literal(selector)))
        .asText();
  }

  public void waitUntil(String expression) {
    waitUntil(expression, IN_TIME);
  }

  /**
   * Waits until an expression is true, or anything that counts as that.
   *
   * @throws AssertionError when it is not in time; it tells what the page says instead
   */
  public void waitUntil(String expression, Duration timeout) {
    Waiting.until(
        () -> evaluate("!!(" + expression + ")").asBoolean(),
        timeout,
        () -> "not so: %s%nproblems: %s%nthe page: %s".formatted(expression, problems(), page()));
  }

  private String page() {
    String text = text("body");
    return text.substring(0, Math.min(text.length(), MAX_TEXT));
  }

  /** Every request since the page was opened. */
  public List<SentRequest> requests() {
    return log.requests();
  }

  public List<SentRequest> requests(Predicate<SentRequest> which) {
    return requests().stream().filter(which).toList();
  }

  /** What must not happen in a page, so far. */
  public List<String> problems() {
    return log.problems();
  }

  /** A text as JavaScript has it. */
  public static String literal(String text) {
    return TextNode.valueOf(text).toString();
  }

  JsonNode send(String method, ObjectNode parameters) {
    return tools.send(session, method, parameters);
  }

  @Override
  public void close() {
    tools.send(
        null,
        "Target.disposeBrowserContext",
        DevTools.parameters().put("browserContextId", context));
    tools.forget(session);
    assertThat(problems()).as("what went wrong in the page").isEmpty();
  }
}
