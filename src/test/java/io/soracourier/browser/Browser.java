package io.soracourier.browser;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.ChildProcesses;
import io.soracourier.local.DebianTool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A headless Chromium, driven over its DevTools protocol. Its tabs know nothing of each other: each
 * has cookies, storage and a cache of its own.
 *
 * <pre>{@code
 * try (Browser browser = Browser.start(profile);
 *     Tab tab = browser.tab()) {
 *   tab.open("http://127.0.0.1:7071/api/console");
 *   tab.click("#enqueue");
 *   tab.waitUntil("document.title !== ''");
 * }
 * }</pre>
 *
 * <p>Source of the commands: https://chromedevtools.github.io/devtools-protocol/.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--hide-scrollbars",
          "--mute-audio",
          "--font-render-hinting=none",
          "--force-color-profile=srgb",
          "--remote-debugging-port=0");

  private final Process process;
  private final DevTools tools;

  private Browser(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /**
   * @param profile an empty folder
   * @throws io.soracourier.local.LocalStackException when there is no Chromium; the message says
   *     what to install
   */
  public static Browser start(Path profile) throws IOException {
    List<String> command = new java.util.ArrayList<>(OPTIONS);
    command.add(0, DebianTool.CHROMIUM.path().toString());
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    Process process =
        ChildProcesses.watch(new ProcessBuilder(command).redirectErrorStream(true).start());
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder written = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("DevTools listening on ")) {
        drain(output);
        return new Browser(process, new DevTools(URI.create(line.replaceFirst(".* ", ""))));
      }
      written.append(line).append('\n');
    }
    throw new IOException(command.get(0) + " did not start: " + written);
  }

  /** What nobody reads would block the browser. */
  private static void drain(BufferedReader output) {
    Thread thread =
        new Thread(
            () -> {
              try {
                output.transferTo(java.io.Writer.nullWriter());
              } catch (IOException ended) {
                // the browser is gone
              }
            },
            "browser-output");
    thread.setDaemon(true);
    thread.start();
  }

  /** A new tab, wide and light, with an empty page. */
  public Tab tab() {
    String context =
        tools
            .send(null, "Target.createBrowserContext", DevTools.parameters())
            .path("browserContextId")
            .asText();
    return new Tab(tools, context, newTarget(tools, context));
  }

  static String newTarget(DevTools tools, String context) {
    JsonNode target =
        tools.send(
            null,
            "Target.createTarget",
            DevTools.parameters().put("url", "about:blank").put("browserContextId", context));
    return target.path("targetId").asText();
  }

  @Override
  public void close() {
    tools.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    ChildProcesses.kill(process);
  }
}
