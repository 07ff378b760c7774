package io.soracourier.storage;

import java.net.URI;
import java.util.Optional;

/**
 * Where videos are kept: each once, whole or not at all, and never replaced. What keeps them is a
 * bean of this type in a package of its own; {@code VideoStoreContract} in the tests is what each
 * must do.
 */
public interface VideoStore {
  /**
   * What is stored under the video's name, if anything: this video, or something of somebody else.
   *
   * @throws StorageException {@code OCCUPIED} when it is of a kind that the courier never makes;
   *     else when it is not known whether there is anything
   */
  Optional<StoredVideo> find(VideoRef video);

  /** Where the video is or will be; without any credential. */
  URI url(VideoRef video);

  /** Sends nothing yet. */
  Upload begin(VideoRef video);

  /**
   * An upload that sends nothing and ends in comparing the video with what is there: its commit
   * fails as {@code TRANSIENT} when nothing is.
   */
  Upload beginComparison(VideoRef video);

  /**
   * Of how many blocks a video may consist. With blocks of {@code courier.copy.block-size} there
   * must be room for {@code courier.content.max-size}, or the courier does not start.
   */
  int maxBlocks();

  /** How large a video may be, in bytes: the most that {@code courier.content.max-size} may be. */
  long maxBytes();
}
