package io.soracourier.storage;

import java.net.URI;
import java.time.Instant;

/**
 * Links with which anybody can read one video for a while, and do nothing else. A player can seek
 * in it: GET and HEAD, with {@code Range}.
 */
public interface VideoLinks {
  /**
   * A link to the video of this generation, for {@code courier.links.lifetime} from now. May block
   * on some requests.
   *
   * @param generationId as it was requested; anything at all
   * @param use what a browser does with it
   * @throws StorageException when it is not known whether the video is there, or there is no
   *     response
   */
  Link link(String generationId, Use use);

  /**
   * The same for a picture beside the video, for display.
   *
   * @param picture its name: {@code thumbnail}
   */
  Link picture(String generationId, String picture);

  /** Scheme, host and port of the links, without a path. */
  URI origin();

  /** What a browser does with the video behind a link. */
  enum Use {
    PLAY,
    SAVE
  }

  /** What came of it. */
  sealed interface Link {
    /**
     * @param url a secret until it expires: it is for the caller and for no log
     * @param expiresAt when it stops working, in whole seconds
     */
    record Ready(URI url, Instant expiresAt) implements Link {
      /** Not the URL. */
      @Override
      public String toString() {
        return "Ready[expires " + expiresAt + "]";
      }
    }

    /** Nothing that the courier stored for this generation is there. */
    record Absent() implements Link {}

    /**
     * What the store is reached with cannot make links.
     *
     * @param sentence why, and what to do about it
     */
    record CannotSign(String sentence) implements Link {}
  }
}
