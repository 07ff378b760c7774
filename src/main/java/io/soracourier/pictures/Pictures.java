package io.soracourier.pictures;

import io.quarkus.runtime.Startup;
import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.pictures.Picture.Missing;
import io.soracourier.pictures.Picture.Stored;
import io.soracourier.pictures.Picture.Why;
import io.soracourier.pictures.PictureRequest.Received;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.JobId;
import io.soracourier.sora.PictureKind;
import io.soracourier.sora.VideoApi;
import io.soracourier.storage.PictureStore;
import io.soracourier.storage.VideoRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Fetches the pictures beside videos that have just been stored: each once, all together within
 * {@value #MAX_SECONDS} seconds. No video depends on one.
 */
@Startup
@ApplicationScoped
public class Pictures {
  static final int MAX_SECONDS = 5;

  private static final Logger LOG = Logger.getLogger(Pictures.class);

  private final Set<PictureKind> wanted;
  private final PictureRequest request;
  private final PictureStore store;
  private final Endpoint endpoint;
  private final TimeLimits limits;
  private final Clock clock;

  Pictures(
      PictureRequest request,
      PictureStore store,
      Endpoint endpoint,
      TimeLimits limits,
      Clock clock,
      PicturesConfig config) {
    this.request = request;
    this.store = store;
    this.endpoint = endpoint;
    this.limits = limits;
    this.clock = clock;
    this.wanted = PictureSetting.kinds(config.assets().orElse(""));
  }

  /**
   * The pictures of some videos of a job.
   *
   * @param api of the job; empty where the service does not have it any more, so that nothing can
   *     be requested
   * @param videos ids of generations that are stored; true for those whose content came just now,
   *     of the others only what is stored already
   * @return by those ids; of each video one for each kind that is wanted and known
   */
  public Map<String, List<Picture>> of(
      JobId job, Optional<VideoApi> api, Map<String, Boolean> videos) {
    Map<String, List<Picture>> pictures = new LinkedHashMap<>();
    if (wanted.isEmpty() || videos.isEmpty()) {
      return pictures;
    }
    Instant end = clock.instant().plusSeconds(MAX_SECONDS);
    int left = videos.size() * wanted.size();
    for (Map.Entry<String, Boolean> video : videos.entrySet()) {
      List<Picture> its = pictures.computeIfAbsent(video.getKey(), any -> new ArrayList<>());
      VideoRef ref = new VideoRef(job.value(), video.getKey());
      for (PictureKind kind : wanted) {
        // A share each: one that is slow costs the others nothing.
        Duration share = Duration.between(clock.instant(), end).dividedBy(left--);
        its.addAll(within(share, api.filter(any -> video.getValue()), ref, kind));
      }
    }
    return pictures;
  }

  /**
   * @param api to request it by, where it was not requested before
   */
  private List<Picture> within(
      Duration share, Optional<VideoApi> api, VideoRef video, PictureKind kind) {
    String message = "no time was left";
    if (share.toMillis() > 0) {
      try (Limit limit = limits.begin(share)) {
        try {
          return api.isPresent()
              ? List.of(fetched(api.get(), video, kind))
              : store.find(video, kind.code()).<Picture>map(url -> new Stored(kind, url)).stream()
                  .toList();
        } catch (IOException | RuntimeException e) {
          // Whatever it is, the video is there, and its outcome is reported.
          message =
              limit.reached()
                  ? "it took longer than its share of %d s".formatted(MAX_SECONDS)
                  : String.valueOf(e.getMessage());
        }
      }
    }
    LOG.warnf(
        "The %s of %s was not %s: %s",
        kind.code(), video.generationId(), api.isPresent() ? "stored" : "looked for", message);
    return api.isPresent() ? List.of(new Missing(kind, Why.FAILED)) : List.of();
  }

  private Picture fetched(VideoApi api, VideoRef video, PictureKind kind) throws IOException {
    Optional<String> path = api.picture(kind, video.generationId());
    if (path.isEmpty()) {
      return new Missing(kind, Why.NOT_OFFERED);
    }
    try (Received received = request.send(api, endpoint.at(path.get()))) {
      return received instanceof Received.Whole whole
          ? new Stored(kind, store.store(video, kind.code(), whole.format(), whole.bytes()))
          : new Missing(kind, ((Received.Missing) received).why());
    }
  }
}
