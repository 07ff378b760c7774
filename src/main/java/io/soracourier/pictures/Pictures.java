package io.soracourier.pictures;

import io.quarkus.runtime.Startup;
import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.pictures.Picture.Missing;
import io.soracourier.pictures.Picture.Stored;
import io.soracourier.pictures.Picture.Why;
import io.soracourier.pictures.PictureRequest.Received;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.PictureKind;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.PictureStore;
import io.soracourier.storage.VideoRef;
import jakarta.enterprise.context.ApplicationScoped;
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
   * @param videos ids of generations that are stored; true for those whose content came just now,
   *     of the others only what is stored already
   * @return by those ids; of each video one for each kind that is wanted and known
   */
  public Map<String, List<Picture>> of(VideoJob job, Map<String, Boolean> videos) {
    Map<String, List<Picture>> pictures = new LinkedHashMap<>();
    if (wanted.isEmpty() || videos.isEmpty()) {
      return pictures;
    }
    Instant end = clock.instant().plusSeconds(MAX_SECONDS);
    int left = videos.size() * wanted.size();
    for (Map.Entry<String, Boolean> video : videos.entrySet()) {
      List<Picture> its = pictures.computeIfAbsent(video.getKey(), any -> new ArrayList<>());
      VideoRef ref = new VideoRef(job.id().value(), video.getKey());
      for (PictureKind kind : wanted) {
        // A share each: one that is slow costs the others nothing.
        Duration share = Duration.between(clock.instant(), end).dividedBy(left--);
        its.addAll(within(share, job, ref, kind, video.getValue()));
      }
    }
    return pictures;
  }

  @SuppressWarnings("try") // The limit is only closed.
  private List<Picture> within(
      Duration share, VideoJob job, VideoRef video, PictureKind kind, boolean isNew) {
    if (share.toMillis() <= 0) {
      return isNew ? List.of(new Missing(kind, Why.FAILED)) : List.of();
    }
    try (Limit limit = limits.begin(share)) {
      return isNew
          ? List.of(fetched(job, video, kind))
          : stored(video, kind).map(List::of).orElse(List.of());
    }
  }

  private Picture fetched(VideoJob job, VideoRef video, PictureKind kind) {
    try {
      Optional<String> path = job.api().picture(kind, video.generationId());
      return path.isEmpty()
          ? new Missing(kind, Why.NOT_OFFERED)
          : fetched(video, kind, request.send(job.api(), endpoint.at(path.get())));
    } catch (RuntimeException e) {
      return failed(video, kind, e);
    }
  }

  private Picture fetched(VideoRef video, PictureKind kind, Received received) {
    try (received) {
      return received instanceof Received.Whole whole
          ? new Stored(kind, store.store(video, kind.code(), whole.format(), whole.bytes()))
          : new Missing(kind, ((Received.Missing) received).why());
    }
  }

  private Optional<Picture> stored(VideoRef video, PictureKind kind) {
    try {
      return store.find(video, kind.code()).map(url -> new Stored(kind, url));
    } catch (RuntimeException e) {
      failed(video, kind, e);
      return Optional.empty();
    }
  }

  /** Whatever it is, the video is there, and its outcome is reported. */
  private static Missing failed(VideoRef video, PictureKind kind, RuntimeException e) {
    LOG.warnf("The %s of %s was not stored: %s", kind.code(), video.generationId(), e.getMessage());
    return new Missing(kind, Why.FAILED);
  }
}
