package io.soracourier.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The connection to a browser: commands with their results, and the events of its sessions. */
final class DevTools implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECONDS = 60;

  private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
  private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();
  private final WebSocket socket;
  private int lastId;

  DevTools(URI address) {
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  static ObjectNode parameters() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Hears every event of a session, on another thread. */
  void listen(String session, Consumer<JsonNode> listener) {
    listeners.put(session, listener);
  }

  void forget(String session) {
    listeners.remove(session);
  }

  /**
   * Sends a command and waits for its result.
   *
   * @param session of a tab, or null for the browser itself
   * @throws AssertionError when the browser refuses it, or does not answer
   */
  JsonNode send(String session, String method, ObjectNode parameters) {
    CompletableFuture<JsonNode> result = new CompletableFuture<>();
    int id = post(session, method, parameters, result);
    try {
      JsonNode message = result.get(SECONDS, TimeUnit.SECONDS);
      if (message.has("error")) {
        throw new AssertionError(method + ": " + message.path("error"));
      }
      return message.path("result");
    } catch (TimeoutException e) {
      throw new AssertionError("no response to %s for %d s".formatted(method, SECONDS), e);
    } catch (ExecutionException e) {
      throw new AssertionError(method, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      open.remove(id);
    }
  }

  private synchronized int post(
      String session, String method, ObjectNode parameters, CompletableFuture<JsonNode> result) {
    int id = ++lastId;
    open.put(id, result);
    ObjectNode command = parameters().put("id", id).put("method", method);
    if (session != null) {
      command.put("sessionId", session);
    }
    command.set("params", parameters);
    socket.sendText(command.toString(), true).join();
    return id;
  }

  private void received(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> result = open.get(message.path("id").asInt());
      if (result != null) {
        result.complete(message);
      }
      return;
    }
    Consumer<JsonNode> listener = listeners.get(message.path("sessionId").asText());
    if (listener != null) {
      listener.accept(message);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  /** Puts the parts of a message together. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          received(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } finally {
          text.setLength(0);
        }
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      open.values().forEach(result -> result.completeExceptionally(error));
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
      onError(webSocket, new IOException("the browser ended the connection"));
      return null;
    }
  }
}
