package io.soracourier.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.content.Finding.Verdict;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.ServiceAnswer;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks one place for content and says what came, from the status, the headers and the first bytes:
 * a video is told by its {@code ftyp} box, whatever its content type says.
 */
@ApplicationScoped
public class Probe {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_JSON = 256 * 1024;
  private static final int LONGEST_OTHER = 8 * 1024;
  private static final List<String> HEADERS_THAT_MATTER =
      List.of(
          "Location",
          "Content-Location",
          "Content-Length",
          "Accept-Ranges",
          "Last-Modified",
          "ETag",
          "Retry-After");

  private final ContentClient client;
  private final Endpoint endpoint;
  private final SoraErrors errors;
  private final Clock clock;

  Probe(ContentClient client, Endpoint endpoint, SoraErrors errors, Clock clock) {
    this.client = client;
    this.endpoint = endpoint;
    this.errors = errors;
    this.clock = clock;
  }

  /**
   * What came.
   *
   * @param video the answer itself when it is a video, with nothing of it read yet, to be closed;
   *     else null
   * @param json the answer when it is JSON; else null
   * @param failure what to throw when there is nothing better; null when it was answered with 2xx
   */
  record Probed(Finding finding, ContentAnswer video, ServiceAnswer json, SoraException failure) {}

  Probed get(String place, URI uri) {
    Instant begin = clock.instant();
    boolean credential = endpoint.isOriginOf(uri);
    ContentAnswer answer;
    try {
      answer = client.fetch(uri, Map.of());
    } catch (SoraException e) {
      return failed(place, uri, credential, null, begin, e);
    } catch (RefusedUrlException e) {
      Finding finding =
          finding(place, uri, credential, null, begin, Verdict.NOT_FOLLOWED, e.getMessage());
      return new Probed(finding, null, null, null);
    }
    try {
      return read(place, uri, credential, begin, answer);
    } catch (RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  private Probed read(
      String place, URI uri, boolean credential, Instant begin, ContentAnswer answer) {
    // 206 is no answer to a request for the whole.
    boolean success = answer.status() / 100 == 2 && answer.status() != 206;
    if (success && answer.beginsWithFtyp()) {
      Finding finding =
          finding(place, uri, credential, answer, begin, Verdict.VIDEO, "the video is here");
      return new Probed(finding, answer, null, null);
    }
    if (success && answer.cut() != null) {
      answer.close();
      SoraException cut = errors.unanswered(answer.uri(), answer.cut());
      return failed(place, uri, credential, answer, begin, cut);
    }
    String body = answer.text(success && answer.beginsWithJson() ? LONGEST_JSON : LONGEST_OTHER);
    answer.close();
    if (!success) {
      return failed(
          place,
          uri,
          credential,
          answer,
          begin,
          errors.answered(answer.uri(), answer.status(), answer::header, body));
    }
    JsonNode json = json(body);
    if (json == null) {
      return new Probed(
          finding(
              place,
              uri,
              credential,
              answer,
              begin,
              Verdict.NOT_A_VIDEO,
              body.isEmpty()
                  ? "an empty answer"
                  : "neither JSON nor an MP4, it begins with: " + beginning(body)),
          null,
          null,
          null);
    }
    ServiceAnswer service = new ServiceAnswer(answer.uri(), answer.headers(), json);
    return new Probed(
        described(place, uri, credential, answer, begin, service), null, service, null);
  }

  /** What an answer in JSON says of the content. */
  Finding described(
      String place,
      URI uri,
      boolean credential,
      ContentAnswer answer,
      Instant begin,
      ServiceAnswer service) {
    List<FoundUrl> urls = new ArrayList<>(UrlFinder.inProperties(service));
    urls.addAll(UrlFinder.inHeaders(service));
    return new Finding(
        place,
        uri,
        credential,
        answer.status(),
        answer.header("Content-Type"),
        JsonShape.of(service.json()),
        urls,
        headers(answer),
        answer.header("apim-request-id"),
        Duration.between(begin, clock.instant()),
        urls.isEmpty() ? Verdict.NAMES_NO_URL : Verdict.NAMES_URLS,
        urls.isEmpty()
            ? "it answers with JSON that names no URL"
            : "it answers with JSON that names " + urls.size() + " URL(s)");
  }

  private Probed failed(
      String place,
      URI uri,
      boolean credential,
      ContentAnswer answer,
      Instant begin,
      SoraException failure) {
    Verdict verdict =
        switch (failure.kind()) {
          case NOT_FOUND -> Verdict.NOT_FOUND;
          case RETIRED -> Verdict.RETIRED;
          case DENIED -> Verdict.DENIED;
          case THROTTLED -> Verdict.THROTTLED;
          case UNAVAILABLE -> Verdict.UNAVAILABLE;
          case REJECTED -> Verdict.REJECTED;
        };
    return new Probed(
        finding(place, uri, credential, answer, begin, verdict, failure.getMessage()),
        null,
        null,
        failure);
  }

  private Finding finding(
      String place,
      URI uri,
      boolean credential,
      ContentAnswer answer,
      Instant begin,
      Verdict verdict,
      String explanation) {
    return new Finding(
        place,
        uri,
        credential,
        answer == null ? null : answer.status(),
        answer == null ? null : answer.header("Content-Type"),
        null,
        List.of(),
        answer == null ? Map.of() : headers(answer),
        answer == null ? null : answer.header("apim-request-id"),
        Duration.between(begin, clock.instant()),
        verdict,
        explanation);
  }

  /** URLs lose their query, which may hold a signature. */
  private static Map<String, String> headers(ContentAnswer answer) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : HEADERS_THAT_MATTER) {
      String value = answer.header(name);
      if (value != null) {
        headers.put(
            name,
            SoraErrors.printable(
                name.endsWith("Location") ? value.replaceFirst("\\?.*", "?…") : value));
      }
    }
    return headers;
  }

  private static JsonNode json(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json != null && json.isContainerNode() ? json : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static String beginning(String body) {
    return SoraErrors.printable(body.substring(0, Math.min(body.length(), 80)));
  }
}
