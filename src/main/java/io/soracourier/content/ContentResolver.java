package io.soracourier.content;

import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.content.ProbeResult.Video;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobState;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
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
      if (!search.results().isEmpty() && !search.isWorthwhile(location)) {
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
   * Requests all locations and opens none: the evidence for a person.
   *
   * @param timeLeft whether there is time to request another location
   */
  public List<LocationFindings> diagnose(
      VideoJob job, Generation generation, BooleanSupplier timeLeft) {
    Search search = new Search(probe, job, generation);
    List<LocationFindings> all = new ArrayList<>();
    for (ContentLocation location : locationsOf(job, generation)) {
      if (!timeLeft.getAsBoolean()) {
        all.add(new LocationFindings(location.name(), List.of(), "skipped: time limit reached"));
        continue;
      }
      int before = search.results().size();
      search.request(location).ifPresent(video -> video.response().close());
      List<Finding> findings =
          search.results().stream().skip(before).map(ProbeResult::finding).toList();
      all.add(new LocationFindings(location.name(), findings, location.ifNone()));
    }
    return all;
  }
}
