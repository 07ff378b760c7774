package io.soracourier.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.local.FunctionsHost;
import io.soracourier.local.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Calls the packaged app through the host, with its key; each response is as documented. */
public final class Caller {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration IN_TIME = Duration.ofSeconds(60);

  private final FunctionsHost host;
  private final OpenApi document = new OpenApi();
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  public Caller(FunctionsHost host) {
    this.host = host;
  }

  OpenApi document() {
    return document;
  }

  public HttpResponse<String> get(String pathAndQuery, Map<String, String> headers) {
    return send(request(pathAndQuery, headers).GET());
  }

  public HttpResponse<String> get(String pathAndQuery) {
    return get(pathAndQuery, Map.of());
  }

  public HttpResponse<String> post(String body, Map<String, String> headers) {
    return post(body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public HttpResponse<String> post(byte[] body, Map<String, String> headers) {
    return send(request("/api/jobs", headers).POST(BodyPublishers.ofByteArray(body)));
  }

  public HttpResponse<String> startHarvest() {
    return send(request("/api/harvest", Map.of()).POST(BodyPublishers.noBody()));
  }

  /** The latest run of the harvest, as soon as so many have ended and none is running. */
  public JsonNode awaitHarvest(int runs) {
    AtomicReference<JsonNode> last = new AtomicReference<>();
    Waiting.until(
        () -> {
          last.set(json(get("/api/harvest")));
          return last.get().path("runs").size() >= runs
              && !last.get().path("running").asBoolean(true);
        },
        IN_TIME,
        () -> "the harvest is " + last.get());
    return last.get().at("/runs/0");
  }

  /** The record of a job, as soon as it is as wanted. */
  public JsonNode await(String jobId, Predicate<JsonNode> wanted) {
    AtomicReference<JsonNode> last = new AtomicReference<>();
    Waiting.until(
        () -> {
          HttpResponse<String> response =
              get("/api/jobs?id=" + URLEncoder.encode(jobId, StandardCharsets.UTF_8));
          last.set(response.statusCode() == 200 ? json(response).at("/jobs/0") : json(response));
          return wanted.test(last.get());
        },
        IN_TIME,
        () -> "the record is " + last.get());
    return last.get();
  }

  public JsonNode awaitState(String jobId, String state) {
    return await(jobId, job -> job.path("state").asText().equals(state));
  }

  public static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + response.body(), e);
    }
  }

  private HttpRequest.Builder request(String pathAndQuery, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(host.url() + pathAndQuery))
            .header("x-functions-key", host.functionKey());
    headers.forEach(request::header);
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      document.check(response);
      return response;
    } catch (IOException e) {
      throw new AssertionError("the host gave no response", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
