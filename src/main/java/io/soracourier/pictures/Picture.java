package io.soracourier.pictures;

import io.soracourier.sora.PictureKind;
import java.net.URI;
import java.util.Locale;

/** What has become of a picture beside a video. */
public sealed interface Picture {
  /** Which one. */
  PictureKind kind();

  /**
   * It is stored.
   *
   * @param url of its blob, without any credential
   */
  record Stored(PictureKind kind, URI url) implements Picture {}

  /** It is not. */
  record Missing(PictureKind kind, Why why) implements Picture {}

  /** Why there is no picture. */
  enum Why {
    /** The server has none, or its response is not a picture. */
    NOT_OFFERED,
    /** It has more than {@value PictureRequest#MAX_MIB} MiB. */
    TOO_LARGE,
    /** It could not be received or stored in time. */
    FAILED;

    /** The word for it in messages: {@code not-offered}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
