package io.soracourier.content;

import io.soracourier.setting.Bounds;
import io.soracourier.setting.SettingChecks;
import io.soracourier.url.AllowedHosts;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** What the settings of fetching content must be. */
@Singleton
class ContentSettingChecks implements SettingChecks {
  private static final int MAX_REDIRECTS = 20;

  private final ContentConfig content;

  ContentSettingChecks(ContentConfig content) {
    this.content = content;
  }

  @Override
  public List<Runnable> checks() {
    return List.of(
        () -> AllowedHosts.of(content.allowedHosts()),
        () ->
            Bounds.check(
                "courier.content.stall-timeout",
                content.stallTimeout(),
                Duration.ofMillis(1),
                Duration.ofMinutes(10)),
        () ->
            Bounds.check(
                "courier.content.max-redirects", content.maxRedirects(), 0, MAX_REDIRECTS));
  }
}
