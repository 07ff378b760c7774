package io.soracourier.sora;

import java.util.Locale;

/** A picture that a service makes beside a video; it expires with the video. */
public enum PictureKind {
  /** One frame. */
  THUMBNAIL,
  /** Many small frames in one picture. */
  SPRITESHEET;

  /** The word for it in settings, addresses, messages and names of blobs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
