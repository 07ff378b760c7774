package io.soracourier.url;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.sora.Generation;
import io.soracourier.sora.Outputs;
import io.soracourier.sora.VideoJob;
import io.soracourier.url.FoundUrl.Source;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The URLs in the response for a job that are about one of its videos. Of a job with several those
 * are the ones in the list element that has its id, or, where a URL is in no such element, with its
 * id in them or at its position in an array: another one's URL would deliver the wrong video.
 */
public record JobUrls(VideoJob job, Generation video) {
  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

  /** At any depth of its JSON. */
  public List<FoundUrl> inProperties() {
    return ofVideo(UrlFinder.inProperties(job.response())).stream()
        .limit(UrlFinder.MAX_URLS)
        .toList();
  }

  /** In {@code Location} and {@code Content-Location}. */
  public List<FoundUrl> inHeaders() {
    return ofVideo(UrlFinder.inHeaders(job.response()));
  }

  private List<FoundUrl> ofVideo(List<FoundUrl> urls) {
    if (job.generations().size() == 1) {
      return urls;
    }
    return job.api().isJobItsVideo() ? ofOutput(urls) : ofGeneration(urls);
  }

  /**
   * All of them have the job's id in them, so that only the position identifies the video. A URL
   * without a position is about the first one, unless it is another one's as well.
   */
  private List<FoundUrl> ofOutput(List<FoundUrl> urls) {
    int k = video.index();
    Outputs outputs = Outputs.of(job.response().json());
    Set<URI> others =
        urls.stream()
            .filter(url -> position(url, outputs).orElse(k) != k)
            .map(FoundUrl::uri)
            .collect(Collectors.toSet());
    return urls.stream()
        .filter(
            url -> {
              OptionalInt position = position(url, outputs);
              return position.isPresent()
                  ? position.getAsInt() == k
                  : k == 0 && !others.contains(url.uri());
            })
        .toList();
  }

  private static OptionalInt position(FoundUrl url, Outputs outputs) {
    return url.source() == Source.PROPERTY ? outputs.owner(url.where()) : OptionalInt.empty();
  }

  /**
   * The position is a guess where an id says more; of a URL with several ids it is all there is.
   */
  private List<FoundUrl> ofGeneration(List<FoundUrl> urls) {
    JsonNode json = job.response().json();
    Set<String> ids = job.generations().stream().map(Generation::id).collect(Collectors.toSet());
    ListedIds listed = ListedIds.of(json, ids);
    String index = String.valueOf(index(json.path("generations")));
    return urls.stream()
        .filter(
            url -> {
              Optional<String> owner =
                  url.source() == Source.PROPERTY ? listed.owner(url.where()) : Optional.empty();
              if (owner.isPresent()) {
                return owner.get().equals(video.id());
              }
              List<String> named = UrlIds.in(url.uri(), ids);
              return named.size() == 1 ? named.contains(video.id()) : isAt(index, url);
            })
        .toList();
  }

  private static boolean isAt(String index, FoundUrl url) {
    Matcher first = INDEX.matcher(url.where());
    return url.source() == Source.PROPERTY && first.find() && first.group(1).equals(index);
  }

  private int index(JsonNode generations) {
    return IntStream.range(0, generations.size())
        .filter(i -> generations.get(i).path("id").asText().equals(video.id()))
        .findFirst()
        .orElse(-1);
  }
}
