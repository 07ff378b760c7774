package io.soracourier.blob;

import io.soracourier.setting.Bounds;
import io.soracourier.setting.SettingChecks;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** What the settings of links must be. */
@Singleton
class LinkSettingChecks implements SettingChecks {
  /** Shorter, and it would end on its way to the player. */
  private static final Duration MIN = Duration.ofSeconds(5);

  static final Duration MAX = Duration.ofHours(1);

  private final LinkConfig links;

  LinkSettingChecks(LinkConfig links) {
    this.links = links;
  }

  @Override
  public List<Runnable> checks() {
    return List.of(() -> Bounds.check("courier.links.lifetime", links.lifetime(), MIN, MAX));
  }
}
