package io.soracourier.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** The JDK's client as an independent peer of the simulator, with its key. */
final class SimulatorClient {
  static final String JOBS = "/openai/v1/video/generations/jobs";
  static final String PREVIEW = "?api-version=preview";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SoraSimulator simulator;

  SimulatorClient(SoraSimulator simulator) {
    this.simulator = simulator;
  }

  static String job(String id) {
    return JOBS + "/" + id + PREVIEW;
  }

  static String generation(String id) {
    return "/openai/v1/video/generations/" + id + PREVIEW;
  }

  static String content(String id) {
    return "/openai/v1/video/generations/" + id + "/content/video" + PREVIEW;
  }

  static String video(String id) {
    return "/openai/v1/videos/" + id;
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(simulator.uri(path)).header("api-key", simulator.apiKey());
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) throws IOException {
    try {
      return http.send(request.build(), body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  HttpResponse<byte[]> get(String path, String... headers) throws IOException {
    HttpRequest.Builder request = to(path);
    return send(
        headers.length == 0 ? request : request.headers(headers), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> method(String method, String path) throws IOException {
    return send(to(path).method(method, BodyPublishers.noBody()), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> post(String path, String json) throws IOException {
    return send(
        to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)),
        BodyHandlers.ofByteArray());
  }

  JsonNode getJson(String path) throws IOException {
    return json(get(path));
  }

  static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
