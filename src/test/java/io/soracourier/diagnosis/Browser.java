package io.soracourier.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One tab of a headless Chromium, driven over its DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final List<String> requested = new ArrayList<>();
  private int lastId;

  private Browser(Process process, URI tab) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(tab, new Listener(received))
            .join();
    send("Page.enable", object());
    send("Network.enable", object());
  }

  static Browser start(Path program, Path profile) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("DevTools listening on ws://")) {
        String origin = line.replaceFirst(".*ws://([^/]+)/.*", "http://$1");
        return new Browser(process, tab(origin));
      }
      said.append(line).append('\n');
    }
    throw new IOException(program + " did not start: " + said);
  }

  private static URI tab(String origin) throws IOException, InterruptedException {
    HttpRequest list = HttpRequest.newBuilder(URI.create(origin + "/json/list")).build();
    String tabs = HttpClient.newHttpClient().send(list, BodyHandlers.ofString()).body();
    for (JsonNode tab : JSON.readTree(tabs)) {
      if (tab.path("type").asText().equals("page")) {
        return URI.create(tab.path("webSocketDebuggerUrl").asText());
      }
    }
    throw new IOException("the browser has no tab: " + tabs);
  }

  /** How the reader has it, without scripts. */
  void show(int width, int height, boolean phone, String colorScheme) {
    send(
        "Emulation.setDeviceMetricsOverride",
        object()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", phone));
    ObjectNode media = object();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", colorScheme);
    send("Emulation.setEmulatedMedia", media);
    send("Emulation.setScriptExecutionDisabled", object().put("value", true));
  }

  /** Opens a page; returns every address that was asked for. */
  List<String> open(String url) {
    requested.clear();
    send("Page.navigate", object().put("url", url));
    awaitEvent("Page.loadEventFired");
    return List.copyOf(requested);
  }

  /** The value of an expression in the page. */
  JsonNode evaluate(String expression) {
    JsonNode result =
        send("Runtime.evaluate", object().put("expression", expression).put("returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(result.toPrettyString());
    }
    return result.at("/result/value");
  }

  /** The whole page, as high as it is, as PNG. */
  byte[] screenshot() {
    JsonNode size = send("Page.getLayoutMetrics", object()).path("cssContentSize");
    ObjectNode shot = object().put("captureBeyondViewport", true);
    shot.putObject("clip")
        .put("x", 0)
        .put("y", 0)
        .put("width", size.path("width").asDouble())
        .put("height", size.path("height").asDouble())
        .put("scale", 1);
    return Base64.getDecoder().decode(send("Page.captureScreenshot", shot).path("data").asText());
  }

  private JsonNode send(String method, ObjectNode parameters) {
    int id = ++lastId;
    ObjectNode command = object().put("id", id).put("method", method);
    command.set("params", parameters);
    socket.sendText(command.toString(), true).join();
    while (true) {
      JsonNode message = next();
      if (message.path("id").asInt() == id) {
        if (message.has("error")) {
          throw new AssertionError(method + ": " + message);
        }
        return message.path("result");
      }
    }
  }

  private void awaitEvent(String method) {
    while (!next().path("method").asText().equals(method)) {
      // others are noted as they come
    }
  }

  private JsonNode next() {
    try {
      JsonNode message = received.poll(SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("the browser said nothing for " + SECONDS + " s");
      }
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        requested.add(message.at("/params/request/url").asText());
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
  }

  /** Puts whole messages on a queue. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> messages;
    private final StringBuilder text = new StringBuilder();

    Listener(BlockingQueue<JsonNode> messages) {
      this.messages = messages;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          messages.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }
}
