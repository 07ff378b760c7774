package io.soracourier.content;

import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.content.Probe.Probed;
import io.soracourier.content.Search.Found;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobState;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraPolicies;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoApis;
import io.soracourier.sora.VideoJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Finds where the content of a generation is and opens it. The documented endpoint is asked first;
 * only when it does not have the content are the other places asked, in order. Where it does not
 * say whether it has it, only the URLs that the job names are, see {@link Search#standing}. The
 * place that worked is asked first from then on, so that an unusual server costs the search once;
 * not so where the documented endpoint may have been down for a moment.
 */
@ApplicationScoped
public class ContentResolver {
  private final Probe probe;
  private final ContentClient client;
  private final SoraErrors errors;
  private final Map<VideoApi, List<ContentLocation>> places = new HashMap<>();
  private final Map<VideoApi, ContentLocation> worked = new ConcurrentHashMap<>();

  ContentResolver(Probe probe, ContentClient client, Endpoint endpoint, SoraErrors errors) {
    this.probe = probe;
    this.client = client;
    this.errors = errors;
    for (VideoApi api : VideoApis.ALL) {
      places.put(api, ContentLocations.of(endpoint, api));
    }
  }

  /**
   * Opens the content of a generation, by the policy {@link SoraPolicies#CONTENT}.
   *
   * @throws SoraException when it is at none of the places, with all that was answered; or when the
   *     service did not say whether it is at the documented one
   * @throws InvalidContentException when it is something else than an MP4
   * @throws RefusedUrlException when it is only where the courier does not go, see {@link
   *     NothingFound}
   */
  @ApplyGuard(SoraPolicies.CONTENT)
  public VideoStream open(VideoJob job, Generation generation) {
    Search search = new Search(probe, job, generation);
    for (ContentLocation place : inOrder(job, generation)) {
      if (!search.probes().isEmpty() && !search.isWorthwhile(place)) {
        continue;
      }
      Optional<Found> found = search.ask(place);
      if (found.isPresent()) {
        if (generation.index() == 0 && search.standing().isEmpty()) {
          worked.put(job.api(), place);
        }
        return new VideoStream(client, errors, found.get().candidate(), found.get().answer());
      }
    }
    throw NothingFound.in(search);
  }

  /**
   * What came of one place.
   *
   * @param findings in order; none where the place has no address
   * @param ifNone why there may be none
   */
  public record Tried(PlaceName place, List<Finding> findings, String ifNone) {}

  /**
   * Asks all places and opens none: the evidence for a person.
   *
   * @param timeLeft whether there is time to ask another place
   */
  public List<Tried> diagnose(VideoJob job, Generation generation, BooleanSupplier timeLeft) {
    Search search = new Search(probe, job, generation);
    List<Tried> tried = new ArrayList<>();
    for (ContentLocation place : placesOf(job, generation)) {
      if (!timeLeft.getAsBoolean()) {
        tried.add(new Tried(place.name(), List.of(), "not asked, because those above took long"));
        continue;
      }
      int before = search.probes().size();
      search.ask(place).ifPresent(found -> found.answer().close());
      List<Finding> findings = search.probes().stream().skip(before).map(Probed::finding).toList();
      tried.add(new Tried(place.name(), findings, place.ifNone()));
    }
    return tried;
  }

  /** A job that may not be done is not worth a request to the addresses that are guesses. */
  private List<ContentLocation> inOrder(VideoJob job, Generation generation) {
    ContentLocation first = generation.index() == 0 ? worked.get(job.api()) : null;
    List<ContentLocation> order = new ArrayList<>(placesOf(job, generation));
    if (job.state() != JobState.SUCCEEDED) {
      order.removeIf(place -> !place.isKnown() && place != first);
    }
    if (first != null && order.remove(first)) {
      order.add(0, first);
    }
    return order;
  }

  private List<ContentLocation> placesOf(VideoJob job, Generation generation) {
    List<ContentLocation> all = places.get(job.api());
    return generation.index() == 0 ? all : ContentLocations.ofFurther(all);
  }
}
