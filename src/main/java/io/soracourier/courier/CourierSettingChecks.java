package io.soracourier.courier;

import io.soracourier.content.ContentConfig;
import io.soracourier.setting.Bounds;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.setting.SettingChecks;
import io.soracourier.storage.JobQueue;
import io.soracourier.storage.VideoStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the settings of looks and copies must be. */
@Singleton
class CourierSettingChecks implements SettingChecks {
  private static final Duration MAX = Duration.ofDays(30);
  private static final int MAX_COPIES = 1_000;
  private static final int MIN_BLOCK = 64 * 1024;

  /** Some of them are kept in memory for each copy. */
  private static final int MAX_BLOCK = 256 * 1024 * 1024;

  private final CourierConfig courier;
  private final ContentConfig content;
  private final JobQueue queue;
  private final VideoStore videos;
  private final Optional<String> functionTimeout;

  CourierSettingChecks(
      CourierConfig courier,
      ContentConfig content,
      JobQueue queue,
      VideoStore videos,
      @ConfigProperty(name = LookTime.FUNCTION_TIMEOUT_SETTING) Optional<String> functionTimeout) {
    this.courier = courier;
    this.content = content;
    this.queue = queue;
    this.videos = videos;
    this.functionTimeout = functionTimeout;
  }

  @Override
  public List<Runnable> checks() {
    Runnable time =
        () -> LookTime.allowed(courier.look().timeLimit(), queue.maxSendTime(), functionTimeout);
    return Stream.of(
            times(courier),
            delays(courier.look()),
            copies(courier.copy(), content, videos),
            List.of(time))
        .flatMap(List::stream)
        .toList();
  }

  static List<Runnable> times(CourierConfig courier) {
    return List.of(
        () -> Bounds.check("courier.deadline", courier.deadline(), Duration.ofMinutes(1), MAX),
        () -> Bounds.check("courier.grace", courier.grace(), Duration.ZERO, MAX));
  }

  static List<Runnable> delays(CourierConfig.LookDelays look) {
    return List.of(
        () -> {
          if (look.firstDelay().isNegative() || look.firstDelay().isZero()) {
            throw new InvalidSettingException(
                "courier.look.first-delay", "must be more than 0, for example 5s");
          }
        },
        () -> {
          if (look.maxDelay().compareTo(look.firstDelay()) < 0) {
            throw new InvalidSettingException(
                "courier.look.max-delay",
                "is shorter than courier.look.first-delay; put the longest time to the next look"
                    + " there, for example 60s");
          }
        });
  }

  static List<Runnable> copies(CourierConfig.Copy copy, ContentConfig content, VideoStore videos) {
    return List.of(
        () -> Bounds.check("courier.content.grace", content.grace(), Duration.ZERO, MAX),
        () -> Bounds.check("courier.copy.concurrency", copy.concurrency(), 1, MAX_COPIES),
        () ->
            Bounds.check(
                "courier.copy.block-size", copy.blockSize().asLongValue(), MIN_BLOCK, MAX_BLOCK),
        () ->
            Bounds.check(
                "courier.content.max-size", content.maxSize().asLongValue(), 1, videos.maxBytes()),
        () -> {
          if (content.maxSize().asLongValue() / videos.maxBlocks()
              >= copy.blockSize().asLongValue()) {
            throw new InvalidSettingException(
                "courier.copy.block-size",
                String.format(
                    Locale.ROOT,
                    "is too small for courier.content.max-size: a blob has at most %,d blocks",
                    videos.maxBlocks()));
          }
        });
  }
}
