package io.soracourier.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server of the {@code /videos} shape, as the simulator plays it and as its users set it: data, a
 * file {@code servers/{name}.json} of the test resources, written from the server's source or
 * documents ({@link #sources}). Texts in it are filled in as {@link Template} says.
 *
 * @param name what {@code -Dcourier.local.server} and the tests call it
 * @param title how its authors write it
 * @param sources where the facts are from: repository and paths
 * @param endpoint what users put into {@code AZURE_OPENAI_ENDPOINT}; what is in braces is theirs to
 *     replace, here and in the settings
 * @param settings what else they must set
 * @param keys the headers in which it takes its key, with the scheme if there is one: {@code
 *     Authorization: Bearer}; none for a server that wants no credential
 * @param id what its ids look like
 * @param words of a job that succeeds, in order
 * @param job the JSON of a job in every state
 * @param done what is added to it once it succeeded
 * @param failed what is added to it in any other last state
 * @param pending how a poll of a job that is not done is answered
 * @param create where jobs are made, below the base
 * @param list what is beside {@code data} in a list; null: there is no list
 * @param deleted how a DELETE is answered; null: there is none
 * @param content how the bytes come
 * @param answers all other responses, by what they are about
 */
public record ServerProfile(
    String name,
    String title,
    List<String> sources,
    String endpoint,
    Map<String, String> settings,
    List<String> keys,
    String id,
    List<String> words,
    ObjectNode job,
    ObjectNode done,
    ObjectNode failed,
    Pending pending,
    Create create,
    ObjectNode list,
    ObjectNode deleted,
    ContentRoute content,
    Map<About, Answer> answers) {
  private static final List<String> NAMES =
      List.of(
          "vllm-omni",
          "sglang",
          "sglang-s3",
          "fastvideo",
          "tensorrt-llm",
          "qvac",
          "litellm",
          "new-api",
          "bifrost",
          "aisix",
          "stdapi",
          "grok2api",
          "openrouter",
          "xai",
          "together");
  private static final List<ServerProfile> ALL = NAMES.stream().map(ServerProfile::read).toList();

  /** The host of media in loopback's other name, which counts as another host. */
  public static final String MEDIA_HOST = "localhost";

  /**
   * @param status of the response
   * @param emptyFirst whether the first one has no body at all
   */
  public record Pending(int status, boolean emptyFirst) {}

  /**
   * @param body null for the job itself
   */
  public record Create(String path, int status, ObjectNode body) {}

  /** Where the bytes are. */
  public enum Where {
    /** At the content route, with the credential. */
    ROUTE,
    /** At the media host, to which the content route redirects. */
    REDIRECT,
    /** At the media host; only a URL in the job leads there. */
    URL
  }

  /**
   * @param validators whether it sends {@code ETag} and {@code Last-Modified}
   * @param chunked whether it declares no length
   * @param query of the media host's URL; one that is empty is not signed
   */
  public record ContentRoute(
      Where where,
      String type,
      boolean ranges,
      boolean validators,
      boolean chunked,
      String query) {}

  /**
   * @param headers beside {@code Content-Type: application/json}
   * @param body a text is sent as it is
   */
  public record Answer(int status, Map<String, String> headers, JsonNode body) {}

  public static List<ServerProfile> all() {
    return ALL;
  }

  /**
   * @throws IllegalArgumentException when there is none; the message lists those that there are
   */
  public static ServerProfile named(String name) {
    return ALL.stream()
        .filter(profile -> profile.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no server '%s'; there are %s"
                        .formatted(name, String.join(", ", NAMES))));
  }

  /** What precedes {@code /videos} in the paths: {@code /v1}. */
  public String basePath() {
    return endpoint.replaceFirst("^https?://[^/]+", "");
  }

  /** The courier's settings, all of them, for a simulator in this server's place. */
  public Map<String, String> settings(SoraSimulator simulator) {
    Map<String, String> local = new TreeMap<>(settings);
    local.replace("COURIER_CONTENT_ALLOWED_HOSTS", MEDIA_HOST);
    local.put("AZURE_OPENAI_ENDPOINT", simulator.endpoint().toString());
    local.put("AZURE_OPENAI_API_KEY", isAnonymous() ? "none" : simulator.apiKey());
    return local;
  }

  /** A request with its credential. */
  public HttpRequest.Builder request(URI uri, String apiKey) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!isAnonymous()) {
      String[] header = keys.get(0).split(": ", 2);
      request.header(header[0], (header.length == 1 ? "" : header[1] + " ") + apiKey);
    }
    return request;
  }

  /** Whether it is asked without a credential. */
  public boolean isAnonymous() {
    return keys.isEmpty();
  }

  /** The word of a job that succeeded. */
  public String doneWord() {
    return words.get(words.size() - 1);
  }

  /** Whether a word is one of a job that is still being made. */
  boolean isPending(String word) {
    return words.contains(word) && !word.equals(doneWord());
  }

  Answer answer(About about) {
    Answer answer = answers.get(about);
    return answer == null ? answer(about.more()) : answer;
  }

  @Override
  public String toString() {
    return name;
  }

  private static ServerProfile read(String name) {
    try (InputStream file = ServerProfile.class.getResourceAsStream("/servers/" + name + ".json")) {
      ObjectNode json = new ObjectMapper().readValue(file, ObjectNode.class);
      return new ObjectMapper().treeToValue(json.put("name", name), ServerProfile.class);
    } catch (IOException e) {
      throw new UncheckedIOException("servers/" + name + ".json", e);
    }
  }
}
