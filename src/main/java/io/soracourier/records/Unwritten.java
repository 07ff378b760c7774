package io.soracourier.records;

import io.soracourier.records.News.Looked;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest news of jobs that could not be recorded yet; it is recorded when the table is
 * available.
 */
final class Unwritten {
  /** What a busy process ends in half an hour; a few KB each. */
  static final int MAX = 2_000;

  static final String DROPPED =
      "more than %d jobs wait to be recorded, and the news of one was dropped".formatted(MAX);

  private final Map<String, News> latest = new LinkedHashMap<>();

  /**
   * @return whether news had to make room, and is lost
   */
  synchronized boolean add(News news) {
    News earlier = latest.remove(news.id());
    News both = together(earlier, news);
    latest.put(news.id(), both instanceof Looked looked ? looked.withoutLongOutcomes() : both);
    if (latest.size() <= MAX) {
      return false;
    }
    latest.remove(leastMissed());
    return true;
  }

  /** The oldest unfinished job, which will have other news, else the oldest. */
  private String leastMissed() {
    return latest.values().stream()
        .filter(news -> !(news instanceof Looked looked && looked.isLast()))
        .findFirst()
        .orElseGet(() -> latest.values().iterator().next())
        .id();
  }

  /** What a look has delivered is not delivered again by the next one. */
  private static News together(@Nullable News earlier, News news) {
    return earlier instanceof Looked before && news instanceof Looked after
        ? after.plus(before)
        : news;
  }

  /** This was recorded, or newer news of the same job. */
  synchronized void drop(News news) {
    News kept = latest.get(news.id());
    if (kept != null && !kept.at().isAfter(news.at())) {
      latest.remove(news.id());
    }
  }

  /** The one that has waited longest. */
  synchronized Optional<News> first() {
    return latest.values().stream().findFirst();
  }
}
