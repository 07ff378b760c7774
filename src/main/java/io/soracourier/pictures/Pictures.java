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
import java.net.URI;
import java.time.Duration;
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

  Pictures(
      PictureRequest request,
      PictureStore store,
      Endpoint endpoint,
      TimeLimits limits,
      PicturesConfig config) {
    this.request = request;
    this.store = store;
    this.endpoint = endpoint;
    this.limits = limits;
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
    try (Limit limit = limits.begin(Duration.ofSeconds(MAX_SECONDS))) {
      videos.forEach((id, isNew) -> pictures.put(id, of(job, id, isNew, limit)));
    }
    return pictures;
  }

  private List<Picture> of(VideoJob job, String id, boolean isNew, Limit limit) {
    List<Picture> pictures = new ArrayList<>();
    VideoRef video = new VideoRef(job.id().value(), id);
    for (PictureKind kind : wanted) {
      if (isNew) {
        pictures.add(fetched(job, video, kind, limit));
      } else {
        stored(video, kind, limit).ifPresent(pictures::add);
      }
    }
    return pictures;
  }

  private Picture fetched(VideoJob job, VideoRef video, PictureKind kind, Limit limit) {
    try {
      Optional<String> path = job.api().picture(kind, video.generationId());
      if (path.isEmpty()) {
        return new Missing(kind, Why.NOT_OFFERED);
      }
      return limit.reached()
          ? new Missing(kind, Why.FAILED)
          : fetched(video, kind, request.send(job.api(), endpoint.at(path.get())));
    } catch (RuntimeException e) {
      return failed(video, kind, e);
    }
  }

  private Picture fetched(VideoRef video, PictureKind kind, Received received) {
    try (received) {
      if (received.missing() != null) {
        return new Missing(kind, received.missing());
      }
      URI url = store.store(video, kind.code(), received.format(), received.bytes());
      return new Stored(kind, url);
    }
  }

  private Optional<Picture> stored(VideoRef video, PictureKind kind, Limit limit) {
    if (limit.reached()) {
      return Optional.empty();
    }
    try {
      return store.find(video, kind.code()).map(url -> new Stored(kind, url));
    } catch (RuntimeException e) {
      failed(video, kind, e);
      return Optional.empty();
    }
  }

  /** Whatever it is, the video is there, and its outcome is reported. */
  private static Missing failed(VideoRef video, PictureKind kind, RuntimeException e) {
    LOG.debugf(e, "%s of %s", kind.code(), video.generationId());
    return new Missing(kind, Why.FAILED);
  }
}
