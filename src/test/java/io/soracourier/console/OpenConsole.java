package io.soracourier.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.browser.Browser;
import io.soracourier.browser.SentRequest;
import io.soracourier.browser.Tab;
import java.util.List;

/**
 * The console in a tab of its own. Closing it fails where anything went wrong in the page, where
 * the key is in a URL, or where anything was requested from a third party.
 */
final class OpenConsole implements AutoCloseable {
  private final Tab tab;
  private final String address;
  private final String key;
  private final List<String> origins;

  /**
   * @param address of the function app, without a path
   * @param blobs the URL of the blob service
   */
  OpenConsole(Browser browser, String address, String key, String blobs) {
    this.tab = browser.tab();
    this.address = address;
    this.key = key;
    this.origins = List.of(address + "/", blobs.replaceFirst("(?<=[^/:])/.*", "/"), "data:");
  }

  Tab tab() {
    return tab;
  }

  /** Opens the page as one who has used it before in this tab. */
  OpenConsole open() {
    tab.beforeEachPage(
        "if (location.protocol === 'http:') sessionStorage.setItem('courier-key', %s)"
            .formatted(Tab.literal(key)));
    openWithoutKey();
    tab.waitUntil("!document.getElementById('pulse').hidden");
    return this;
  }

  OpenConsole openWithoutKey() {
    tab.open(address + "/api/console");
    return this;
  }

  /** The element of a job in the list, as an expression. */
  static String row(String jobId) {
    return "[...document.querySelectorAll('#jobs .job')]"
        + ".find(job => job.querySelector('a.id').textContent === %s)"
            .formatted(Tab.literal(jobId));
  }

  /** What the list says of a job, as an expression, also where it is scrolled out of sight. */
  private static String said(String jobId) {
    return "[...(%s?.querySelectorAll('a, span, p') ?? [])].filter(part => !part.closest('[hidden]'))"
            .formatted(row(jobId))
        + ".map(part => part.textContent).join(' ')";
  }

  /** Waits until the list says this of a job, besides others. */
  void awaitRow(String jobId, String text) {
    tab.waitUntil("(" + said(jobId) + ").includes(" + Tab.literal(text) + ")");
  }

  /** What the list says of a job. */
  String rowText(String jobId) {
    return tab.evaluate(said(jobId)).asText();
  }

  void enqueue(String text) {
    tab.fill("#ids", text);
    tab.click("#enqueue button");
  }

  /** Opens a job of the list. */
  void openJob(String jobId) {
    tab.evaluate(row(jobId) + ".querySelector('a.id').id = 'clicked'");
    tab.click("#clicked");
    tab.evaluate("document.getElementById('clicked').removeAttribute('id')");
    tab.waitUntil(
        "document.getElementById('job').open && document.getElementById('job-title').innerText === "
            + Tab.literal(jobId));
  }

  void press(String button) {
    tab.waitUntil(button(button));
    tab.evaluate(button(button) + ".id = 'pressed'");
    tab.click("#pressed");
    tab.evaluate("document.getElementById('pressed')?.removeAttribute('id')");
  }

  /** A button by what it says: of the dialog where one is open. */
  private static String button(String text) {
    return "[...(document.querySelector('dialog[open]') ?? document).querySelectorAll('button')]"
        + ".find(button => button.innerText === %s)".formatted(Tab.literal(text));
  }

  /** The requests to a path of the function app. */
  List<SentRequest> calls(String path) {
    return tab.requests(request -> request.url().startsWith(address + path));
  }

  @Override
  public void close() {
    try (tab) {
      assertThat(tab.requests())
          .allSatisfy(
              request -> {
                assertThat(request.url()).doesNotContain(key);
                assertThat(origins).anyMatch(origin -> request.url().startsWith(origin));
                if (!request.url().startsWith(address + "/api/")) {
                  assertThat(request.headers().toString()).doesNotContain(key);
                }
              });
    }
  }
}
