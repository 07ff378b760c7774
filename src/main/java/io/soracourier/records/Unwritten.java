package io.soracourier.records;

import io.soracourier.records.News.Looked;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest news of jobs that could not be recorded, to be recorded when the table is there. */
final class Unwritten {
  private static final int MAX = 200;

  private final Map<String, News> latest =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, News> eldest) {
          return size() > MAX;
        }
      };

  synchronized void add(News news) {
    News earlier = latest.remove(news.id());
    latest.put(news.id(), together(earlier, news));
  }

  /** What a look has delivered is not delivered again by the next one. */
  private static News together(News earlier, News news) {
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
