package io.soracourier.content;

import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.content.Search.Found;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.Generation;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.SoraPolicies;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds where the content of a generation is and opens it. The documented endpoint is asked first;
 * only when it does not have the content are the other places asked, in order. The place that
 * worked is asked first from then on, so that an unusual server costs the search once.
 */
@ApplicationScoped
public class ContentResolver {
  private final Probe probe;
  private final ContentClient client;
  private final Endpoint endpoint;
  private final SoraErrors errors;
  private final Map<VideoApi, List<Place>> places = new EnumMap<>(VideoApi.class);
  private final Map<VideoApi, Place> worked = new ConcurrentHashMap<>();

  ContentResolver(Probe probe, ContentClient client, Endpoint endpoint, SoraErrors errors) {
    this.probe = probe;
    this.client = client;
    this.endpoint = endpoint;
    this.errors = errors;
    for (VideoApi api : VideoApi.values()) {
      places.put(api, Places.of(endpoint, api));
    }
  }

  /**
   * Opens the content of a generation, by the policy {@link SoraPolicies#CONTENT}.
   *
   * @throws SoraException when it is at none of the places, with all that was answered; or when the
   *     service did not say whether it is at the documented one
   * @throws InvalidContentException when the documented endpoint answered with something else
   */
  @ApplyGuard(SoraPolicies.CONTENT)
  public VideoStream open(VideoJob job, Generation generation) {
    Search search = new Search(probe, endpoint, job, generation);
    for (Place place : inOrder(job.api())) {
      Optional<Found> found = search.ask(place);
      if (found.isPresent()) {
        worked.put(job.api(), place);
        return new VideoStream(client, errors, found.get().uri(), found.get().answer());
      }
      if (place.name().equals(Places.DOCUMENTED)) {
        stopUnlessNotFound(search);
      }
    }
    throw notFound(search);
  }

  /**
   * Asks all places and opens none: the evidence for a person.
   *
   * @return by place, in order; an empty list where a place named no address
   */
  public Map<String, List<Finding>> diagnose(VideoJob job, Generation generation) {
    Search search = new Search(probe, endpoint, job, generation);
    for (Place place : places.get(job.api())) {
      search.ask(place).ifPresent(found -> found.answer().close());
    }
    Map<String, List<Finding>> byPlace = new LinkedHashMap<>();
    for (Place place : places.get(job.api())) {
      byPlace.put(
          place.name(),
          search.findings().stream()
              .filter(finding -> finding.place().startsWith(place.name()))
              .toList());
    }
    return byPlace;
  }

  private List<Place> inOrder(VideoApi api) {
    Place first = worked.get(api);
    List<Place> order = new ArrayList<>(places.get(api));
    if (first != null && order.remove(first)) {
      order.add(0, first);
    }
    return order;
  }

  /** A service that refuses, is retired or is down says nothing of where the content is. */
  private static void stopUnlessNotFound(Search search) {
    search
        .documented()
        .flatMap(search::failure)
        .filter(failure -> failure.kind() != Kind.NOT_FOUND && failure.kind() != Kind.REJECTED)
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private static RuntimeException notFound(Search search) {
    List<Attempt> attempts =
        search.findings().stream().map(finding -> attempt(search, finding)).toList();
    Finding documented = search.documented().orElseThrow();
    if (search.transientFailure().isPresent()) {
      SoraException failure = search.transientFailure().get();
      return new SoraException(
          failure.kind(),
          attempts,
          failure.retryAfter().orElse(null),
          failure.getMessage(),
          failure);
    }
    if (search.failure(documented).isEmpty()) {
      return new InvalidContentException(documented.explanation(), attempts);
    }
    return new SoraException(
        Kind.NOT_FOUND,
        attempts,
        null,
        "the content of %s is at none of %d places; the documented one: %s"
            .formatted(search.id(), attempts.size(), documented.explanation()),
        null);
  }

  private static Attempt attempt(Search search, Finding finding) {
    return search
        .failure(finding)
        .map(failure -> failure.attempts().get(0))
        .orElseGet(() -> Attempt.get(finding.uri(), finding.status(), finding.explanation()));
  }
}
