package io.soracourier.storage;

import io.soracourier.storage.StorageException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A table in memory that fails, or lets something happen first, as a test says. */
public final class MemoryRows implements Rows {
  private final Map<String, TreeMap<String, Row>> partitions = new TreeMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private int version;
  private StorageException failure;
  private Runnable beforeNextChange;

  /** Every request fails so; null: none. */
  public void fail(StorageException with) {
    failure = with;
  }

  /** Runs once, when the next change has arrived and is not made yet. */
  public void beforeNextChange(Runnable action) {
    beforeNextChange = action;
  }

  /** What was requested: a word and the partition. */
  public List<String> requests() {
    return requests;
  }

  @Override
  public Optional<Row> find(String partition, String key) {
    begin("find " + partition);
    return Optional.ofNullable(rows(partition).get(key));
  }

  @Override
  public String insert(String partition, String key, Map<String, Object> columns) {
    begin("insert " + partition);
    change();
    if (rows(partition).containsKey(key)) {
      throw failure(Kind.CONFLICT);
    }
    return put(partition, key, columns);
  }

  @Override
  public String replace(
      String partition, String key, Map<String, Object> columns, String expected) {
    begin("replace " + partition);
    change();
    Row row = rows(partition).get(key);
    if (row == null || !row.version().equals(expected)) {
      throw failure(row == null ? Kind.NOT_FOUND : Kind.CONFLICT);
    }
    return put(partition, key, columns);
  }

  @Override
  public void delete(String partition, String key) {
    begin("delete " + partition);
    rows(partition).remove(key);
  }

  @Override
  public Page page(String partition, String after, String until, int limit) {
    begin("page " + partition);
    List<Row> all =
        rows(partition).values().stream()
            .filter(row -> after == null || row.key().compareTo(after) > 0)
            .filter(row -> until == null || row.key().compareTo(until) < 0)
            .toList();
    List<Row> page = all.subList(0, Math.min(limit, all.size()));
    return new Page(page, page.size() < all.size());
  }

  public static StorageException failure(Kind kind) {
    return new StorageException(kind, "the table said " + kind, null);
  }

  private void begin(String request) {
    requests.add(request);
    if (failure != null) {
      throw failure;
    }
  }

  private void change() {
    Runnable first = beforeNextChange;
    beforeNextChange = null;
    if (first != null) {
      first.run();
    }
  }

  private String put(String partition, String key, Map<String, Object> columns) {
    String next = "v" + ++version;
    rows(partition).put(key, new Row(partition, key, next, new LinkedHashMap<>(columns)));
    return next;
  }

  private TreeMap<String, Row> rows(String partition) {
    return partitions.computeIfAbsent(partition, any -> new TreeMap<>());
  }
}
