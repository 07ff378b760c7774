package io.soracourier.blob;

import io.soracourier.storage.Owner;
import io.soracourier.storage.PictureFormat;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoLinks;
import io.soracourier.storage.VideoRef;
import io.soracourier.text.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Links to videos of the container, by shared access signatures for one blob each. A blob that is
 * not the courier's has none, whatever its name.
 */
@ApplicationScoped
class BlobLinks implements VideoLinks {
  /**
   * A link works from so long ago, for clocks differ. Source: "Best practices when using SAS" in
   * Microsoft's documentation.
   */
  static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

  /** Only the generation is known, and it alone names the blob. */
  private static final String ANY_JOB = "";

  private final VideoContainer videos;
  private final LinkSigner signer;
  private final LinkConfig config;
  private final Clock clock;

  BlobLinks(VideoContainer videos, LinkSigner signer, LinkConfig config, Clock clock) {
    this.videos = videos;
    this.signer = signer;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Link link(String generationId, Use use) {
    VideoRef video = new VideoRef(ANY_JOB, generationId);
    return link(video, List.of(VideoBlob.name(video)), use);
  }

  @Override
  public Link picture(String generationId, String picture) {
    VideoRef video = new VideoRef(ANY_JOB, generationId);
    return link(
        video,
        Arrays.stream(PictureFormat.values())
            .map(format -> VideoBlob.pictureName(video, picture, format))
            .toList(),
        Use.PLAY);
  }

  /**
   * @param names of blobs, of which the first that is there is meant
   */
  private Link link(VideoRef video, List<String> names, Use use) {
    Optional<String> obstacle = signer.obstacle();
    if (obstacle.isPresent()) {
      return new Link.CannotSign(obstacle.get());
    }
    Optional<String> stored = names.stream().filter(name -> isStored(video, name)).findFirst();
    if (stored.isEmpty()) {
      return new Link.Absent();
    }
    Instant now = clock.instant();
    Instant start = now.minus(CLOCK_SKEW).truncatedTo(ChronoUnit.SECONDS);
    Instant expiry = now.plus(config.lifetime()).truncatedTo(ChronoUnit.SECONDS);
    LinkSigner.Signed signed = signer.sign(stored.get(), start, expiry, use);
    if (signed.obstacle() != null) {
      return new Link.CannotSign(signed.obstacle());
    }
    URI url = URI.create(videos.url(stored.get()) + "?" + signed.query());
    Secrets.registerQuery(url);
    return new Link.Ready(url, expiry);
  }

  @Override
  public URI origin() {
    return videos.origin();
  }

  private boolean isStored(VideoRef video, String blobName) {
    if (blobName.length() > VideoBlob.MAX_NAME) {
      return false;
    }
    try {
      return videos.find(video, blobName).filter(stored -> isOf(video, stored)).isPresent();
    } catch (StorageException e) {
      if (e.kind() == Kind.OCCUPIED || e.kind() == Kind.CONFLICT) {
        // It is of a kind that the courier never makes, or somebody is still making it.
        return false;
      }
      throw e;
    }
  }

  private static boolean isOf(VideoRef video, StoredVideo stored) {
    Owner owner = stored.owner();
    boolean hasJob = owner.jobId() != null && !owner.jobId().isEmpty();
    return hasJob && video.generationId().equals(owner.generationId());
  }
}
