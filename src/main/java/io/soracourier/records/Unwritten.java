package io.soracourier.records;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    latest.remove(news.id());
    latest.put(news.id(), news);
  }

  /** Newer news was recorded. */
  synchronized void drop(String jobId) {
    latest.remove(jobId);
  }

  synchronized List<News> take() {
    List<News> all = List.copyOf(latest.values());
    latest.clear();
    return all;
  }
}
