package io.soracourier.storage;

import java.util.Locale;

/** The formats of pictures that are stored. */
public enum PictureFormat {
  WEBP("image/webp"),
  JPG("image/jpeg"),
  PNG("image/png");

  private final String mediaType;

  PictureFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The extension of a file, without the dot. */
  public String extension() {
    return name().toLowerCase(Locale.ROOT);
  }
}
