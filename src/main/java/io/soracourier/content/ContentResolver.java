package io.soracourier.content;

import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.content.ProbeResult.Video;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobState;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.SoraPolicies;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoJob;
import io.soracourier.url.RefusedUrlException;
import io.soracourier.video.InvalidContentException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Finds where the content of a generation is and opens it. The documented endpoint is requested
 * first; only when it does not have the content are the other {@linkplain ContentLocation
 * locations} requested, in order. Where it does not say whether it has it, only the URLs that the
 * job names are, see {@link Search#inconclusive}. The location that worked is the first from then
 * on, so that an unusual server costs the search once; not so where the documented endpoint may
 * have been down for a moment.
 */
@ApplicationScoped
public class ContentResolver {
  private final Probe probe;
  private final ContentClient client;
  private final SoraErrors errors;
  private final Endpoint endpoint;
  private final Map<VideoApi, List<ContentLocation>> locations = new ConcurrentHashMap<>();
  private final Map<VideoApi, ContentLocation> worked = new ConcurrentHashMap<>();

  ContentResolver(Probe probe, ContentClient client, Endpoint endpoint, SoraErrors errors) {
    this.probe = probe;
    this.client = client;
    this.errors = errors;
    this.endpoint = endpoint;
  }

  /**
   * Opens the content of a generation, by the policy {@link SoraPolicies#CONTENT}.
   *
   * @param isWanted checked after each location that does not have it; what it throws is thrown
   * @return empty when it is not wanted any more
   * @throws SoraException when it is at none of the locations, with all that came; or when the
   *     service did not say whether it is at the documented one
   * @throws InvalidContentException when it is something else than an MP4
   * @throws RefusedUrlException when it is only where the courier does not go, see {@link
   *     NothingFound}
   */
  @ApplyGuard(SoraPolicies.CONTENT)
  public Optional<VideoStream> open(VideoJob job, Generation generation, BooleanSupplier isWanted) {
    Search search = new Search(probe, job, generation);
    for (ContentLocation location : inOrder(job, generation)) {
      if (!isNext(location, search)) {
        continue;
      }
      Optional<Video> video = search.request(location);
      if (video.isPresent()) {
        if (generation.index() == 0 && search.inconclusive().isEmpty()) {
          worked.put(job.api(), location);
        }
        Candidate candidate = video.get().finding().candidate();
        return Optional.of(new VideoStream(client, errors, candidate, video.get().response()));
      }
      if (!isWanted.getAsBoolean()) {
        return Optional.empty();
      }
    }
    throw NothingFound.in(search);
  }

  /** A job that may not be done is not worth a request to the addresses that are guesses. */
  private List<ContentLocation> inOrder(VideoJob job, Generation generation) {
    ContentLocation first = generation.index() == 0 ? worked.get(job.api()) : null;
    List<ContentLocation> order = new ArrayList<>(locationsOf(job, generation));
    if (job.state() != JobState.SUCCEEDED) {
      order.removeIf(location -> !location.isKnown() && location != first);
    }
    if (first != null && order.remove(first)) {
      order.add(0, first);
    }
    return order;
  }

  private List<ContentLocation> locationsOf(VideoJob job, Generation generation) {
    List<ContentLocation> all =
        locations.computeIfAbsent(job.api(), api -> ContentLocation.of(endpoint, api));
    return generation.index() == 0 ? all : ContentLocation.ofFurther(all);
  }

  /**
   * What came of one location.
   *
   * @param findings in order; none where the location has no address
   * @param ifNone why there may be no address of that kind
   */
  public record LocationFindings(PlaceName place, List<Finding> findings, String ifNone) {}

  /**
   * What came of all locations.
   *
   * @param failure what {@link #open} throws after the same responses, to the requests that it
   *     makes itself; empty where it finds the video
   */
  public record ContentFindings(
      List<LocationFindings> locations, Optional<RuntimeException> failure) {}

  /**
   * Requests all locations and opens none: the evidence for a person.
   *
   * @param budget for the requests; a location beyond it is skipped
   */
  public ContentFindings diagnose(VideoJob job, Generation generation, SearchBudget budget) {
    Search search = new Search(probe, job, generation);
    Search ofCourier = new Search(probe, job, generation);
    List<LocationFindings> all = new ArrayList<>();
    for (ContentLocation location : locationsOf(job, generation)) {
      int before = search.results().size();
      if (!budget.allows(location.isKnown(), before)) {
        all.add(new LocationFindings(location.name(), List.of(), SearchBudget.SKIPPED));
        continue;
      }
      search.request(location).ifPresent(video -> video.response().close());
      List<ProbeResult> results = search.results().stream().skip(before).toList();
      all.add(
          new LocationFindings(
              location.name(),
              results.stream().map(ProbeResult::finding).toList(),
              location.ifNone()));
      boolean requested = search.isOfDoneJob() || location.isKnown();
      if (requested && !hasVideo(ofCourier) && isNext(location, ofCourier)) {
        ofCourier.take(results);
      }
    }
    return new ContentFindings(all, failure(ofCourier));
  }

  /** The first location is requested in any case. */
  private static boolean isNext(ContentLocation location, Search search) {
    return search.results().isEmpty() || search.isWorthwhile(location);
  }

  private static boolean hasVideo(Search search) {
    return search.results(Video.class).findAny().isPresent();
  }

  private static Optional<RuntimeException> failure(Search search) {
    if (hasVideo(search)) {
      return Optional.empty();
    }
    return Optional.of(
        search.firstOf(PlaceName.DOCUMENTED).isPresent()
            ? NothingFound.in(search)
            : new SoraException(
                Kind.UNAVAILABLE,
                List.of(),
                null,
                "the content of %s was %s"
                    .formatted(search.generation().id(), SearchBudget.SKIPPED),
                null));
  }
}
