package io.soracourier.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The driver itself: what it does reaches the page, and what goes wrong there fails a test. */
@Execution(ExecutionMode.SAME_THREAD)
class BrowserIT {
  private static final String PAGE =
      """
      <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title></head><body>
      <main><h1>Page</h1><label>Name <input id="name" value="old"></label>
      <button id="button">Press</button><p id="keys"></p>
      <video id="video" src="/video.mp4" muted></video></main>
      <script>
        document.addEventListener('keydown', e => document.getElementById('keys').textContent += e.key + ' ');
        document.getElementById('button').onclick = e => document.title = 'pressed ' + e.isTrusted;
      </script></body></html>
      """;

  @TempDir private static Path profile;
  private static HttpServer server;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/", "text/html", PAGE.getBytes(StandardCharsets.UTF_8), "");
    serve(
        "/strict",
        "text/html",
        PAGE.getBytes(StandardCharsets.UTF_8),
        "default-src 'none'; media-src 'self'");
    serve(
        "/video.mp4",
        "video/mp4",
        Files.readAllBytes(Path.of("src/local/resources/videos/faststart.mp4")),
        "");
    server.start();
    browser = Browser.start(profile);
  }

  private static void serve(String path, String type, byte[] body, String policy) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Content-Security-Policy", policy);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  @AfterAll
  static void stop() {
    browser.close();
    server.stop(0);
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Test
  void mouseAndKeys_reachThePage() {
    try (Tab tab = browser.tab()) {
      assertThat(tab.open(url("/")))
          .extracting(SentRequest::url)
          .contains(url("/"), url("/video.mp4"));
      tab.fill("#name", "new");
      assertThat(tab.evaluate("document.getElementById('name').value").asText()).isEqualTo("new");
      tab.press(Key.TAB);
      tab.press(Key.ENTER);
      tab.waitUntil("document.title === 'pressed true'");
      tab.pressWithShift(Key.TAB);
      assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo("name");
      assertThat(tab.text("#keys")).contains("Tab Enter").endsWith("Tab");
      tab.evaluate("document.title = ''");
      tab.click("#button");
      tab.waitUntil("document.title === 'pressed true'");
    }
  }

  @Test
  void video_plays() {
    try (Tab tab = browser.tab()) {
      tab.open(url("/"));
      tab.evaluate("document.getElementById('video').play()");
      tab.waitUntil("document.getElementById('video').currentTime > 0.1");
    }
  }

  @Test
  void coveredTab_isHidden() {
    try (Tab tab = browser.tab()) {
      tab.open(url("/"));
      assertThat(tab.evaluate("document.visibilityState").asText()).isEqualTo("visible");
      tab.hide();
      tab.unhide();
    }
  }

  @Test
  void screenAndColors_areThoseOfTheReader() {
    try (Tab tab = browser.tab()) {
      tab.show(Screen.PHONE, ColorScheme.DARK);
      tab.open(url("/"));
      assertThat(tab.evaluate("matchMedia('(prefers-color-scheme: dark)').matches").asBoolean())
          .isTrue();
      assertThat(tab.evaluate("matchMedia('(pointer: coarse)').matches").asBoolean()).isTrue();
      assertThat(tab.evaluate("screen.width").asInt()).isEqualTo(Screen.PHONE.width());
    }
  }

  @Test
  void uncaughtException_failsTheTest() {
    Tab tab = browser.tab();
    tab.open(url("/"));
    tab.evaluate("void setTimeout(() => { throw new Error('not caught'); })");
    tab.evaluate("new Promise(done => setTimeout(done))");

    assertThatThrownBy(tab::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("caught");
  }

  @Test
  void forbiddenScript_failsTheTest() {
    Tab tab = browser.tab();
    tab.open(url("/strict"));

    assertThatThrownBy(tab::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("script-src");
  }

  @Test
  void violatedRule_isReportedWithElementAndAdvice() {
    Axe axe = Axe.load();
    try (Tab tab = browser.tab()) {
      tab.open(url("/"));
      axe.assertAccessible(tab, "the page");
      tab.evaluate("document.querySelector('label').replaceWith(document.getElementById('name'))");

      assertThatThrownBy(() -> axe.assertAccessible(tab, "the page"))
          .hasMessageContaining("label: #name (Form elements must have labels)");
    }
  }
}
