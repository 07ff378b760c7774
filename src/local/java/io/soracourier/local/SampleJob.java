package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.simulator.ServerProfile;
import io.soracourier.simulator.SoraSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks the simulator for a video the way an application asks the service. */
final class SampleJob {
  private static final String REQUEST =
      """
      {"model":"sora","prompt":"a letter flies over the sea","width":480,"height":480,\
      "n_seconds":5,"n_variants":1}""";

  private SampleJob() {}

  /** The new job's id. */
  static String create(SoraSimulator simulator) {
    return post(
        HttpRequest.newBuilder(
                URI.create(simulator.endpoint() + "/video/generations/jobs?api-version=preview"))
            .header("api-key", simulator.apiKey()));
  }

  /** The same of another server. */
  static String create(SoraSimulator simulator, ServerProfile server) {
    URI uri = simulator.uri(server.basePath() + server.create().path());
    return post(server.request(uri, simulator.apiKey()));
  }

  private static String post(HttpRequest.Builder post) {
    HttpRequest request =
        post.header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(REQUEST))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new LocalStackException(
            "POST %s returned %d: %s"
                .formatted(request.uri(), response.statusCode(), response.body()));
      }
      JsonNode job = Payload.JSON.readTree(response.body());
      return job.path(job.has("request_id") ? "request_id" : "id").asText();
    } catch (IOException e) {
      throw new LocalStackException("POST " + request.uri() + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted", e);
    }
  }
}
