package io.soracourier.pictures;

import io.soracourier.setting.SettingChecks;
import jakarta.inject.Singleton;
import java.util.List;

/** What the setting of pictures must be. */
@Singleton
class PictureSettingChecks implements SettingChecks {
  private final PicturesConfig config;

  PictureSettingChecks(PicturesConfig config) {
    this.config = config;
  }

  @Override
  public List<Runnable> checks() {
    return List.of(() -> PictureSetting.kinds(config.assets().orElse("")));
  }
}
