package io.soracourier.pictures;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What is fetched beside videos. */
@ConfigMapping(prefix = "courier")
public interface PicturesConfig {
  /** Kinds of pictures with commas between them, or {@code none}; see {@link PictureSetting}. */
  @WithDefault("none")
  Optional<String> assets();
}
