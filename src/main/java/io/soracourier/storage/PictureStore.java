package io.soracourier.storage;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where pictures are kept, beside the video to which they belong: each once, whole or not at all,
 * and never replaced.
 */
public interface PictureStore {
  /**
   * Stores a picture, unless this video has one of that name and format already, which is kept.
   *
   * @param name which of the video's pictures: {@code thumbnail}
   * @param picture what is between its position and limit, which stay as they are
   * @return where it is, without any credential
   * @throws StorageException when it is not stored, or something else has its name
   */
  URI store(VideoRef video, String name, PictureFormat format, ByteBuffer picture);

  /**
   * Where the picture of that name is, in whichever format, if the courier has stored one for this
   * video; without any credential.
   *
   * @throws StorageException when that is not known
   */
  Optional<URI> find(VideoRef video, String name);
}
