package io.soracourier.harvest;

import io.soracourier.storage.Rows;
import io.soracourier.storage.Rows.Row;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs leave to each other in the table of the records, in a partition of its own: which one
 * is running, where to resume reading the list, and what the last ones found. Anybody may have
 * written there, so what makes no sense is as good as missing.
 */
final class HarvestRows {
  static final int KEPT_RUNS = 20;

  /** A run that does not renew it for so long has ended. */
  static final Duration LEASE = Duration.ofMinutes(3);

  private static final String PARTITION = "harvest";
  private static final String LEASE_KEY = "lease";
  private static final String CURSOR = "cursor-";
  private static final String RUN = "run-";
  private static final String AFTER_RUNS = "run.";
  private static final int MAX_CURSOR = 1_000;

  private final Rows rows;
  private final String endpoint;

  /**
   * @param endpoint whose cursors these are
   */
  HarvestRows(Rows rows, String endpoint) {
    this.rows = rows;
    this.endpoint = endpoint;
  }

  /**
   * Until when a run that renews no more would count as running; empty where none is.
   *
   * @throws StorageException when that is not known
   */
  Optional<Instant> runningUntil(Instant now) {
    return rows.find(PARTITION, LEASE_KEY).flatMap(row -> until(row, now));
  }

  private static Optional<Instant> until(Row row, Instant now) {
    return time(row, "until")
        .filter(until -> until.isAfter(now) && !until.isAfter(now.plus(LEASE.multipliedBy(2))));
  }

  /**
   * Takes the lease, or renews it.
   *
   * @return whether this run has it now
   * @throws StorageException when that is not known
   */
  boolean lease(String owner, Instant now) {
    Optional<Row> row = rows.find(PARTITION, LEASE_KEY);
    boolean others =
        row.flatMap(lease -> until(lease, now)).isPresent()
            && !owner.equals(row.get().columns().get("owner"));
    return !others && write(LEASE_KEY, row, lease(owner, now.plus(LEASE).toString()));
  }

  /** Gives the lease back, where it is this run's still. */
  void release(String owner) {
    Optional<Row> row = rows.find(PARTITION, LEASE_KEY);
    if (row.filter(lease -> owner.equals(lease.columns().get("owner"))).isPresent()) {
      write(LEASE_KEY, row, lease(owner, Instant.EPOCH.toString()));
    }
  }

  private static Map<String, Object> lease(String owner, String until) {
    return Map.of("owner", owner, "until", until);
  }

  /** Where to resume reading the list of an API. */
  Listing.Position position(String api) {
    return rows.find(PARTITION, CURSOR + api)
        .filter(row -> endpoint.equals(row.columns().get("endpoint")))
        .flatMap(HarvestRows::position)
        .orElse(Listing.Position.BEGINNING);
  }

  private static Optional<Listing.Position> position(Row row) {
    return row.columns().get("after") instanceof String after
            && !after.isEmpty()
            && after.length() <= MAX_CURSOR
        ? Optional.of(new Listing.Position(after, number(row, "form")))
        : Optional.empty();
  }

  /** Keeps it for the next run. */
  void keep(String api, Listing.Position next) {
    Optional<Row> row = rows.find(PARTITION, CURSOR + api);
    if (next.after() == null) {
      if (row.isPresent()) {
        rows.delete(PARTITION, CURSOR + api);
      }
      return;
    }
    write(
        CURSOR + api,
        row,
        Map.of("endpoint", endpoint, "after", next.after(), "form", next.form()));
  }

  /** Adds a run, and removes the oldest ones. */
  void add(HarvestSummary run, String owner) {
    String key =
        String.format(
            Locale.ROOT, "%s%019d-%s", RUN, Long.MAX_VALUE - run.began().toEpochMilli(), owner);
    write(key, Optional.empty(), RunColumns.of(run));
    List<Row> all = rows.page(PARTITION, RUN, AFTER_RUNS, Rows.MAX_PAGE).rows();
    all.stream().skip(KEPT_RUNS).forEach(old -> rows.delete(PARTITION, old.key()));
  }

  /** The last ones, newest first. */
  List<HarvestSummary> runs() {
    return rows.page(PARTITION, RUN, AFTER_RUNS, KEPT_RUNS).rows().stream()
        .flatMap(row -> RunColumns.read(row).stream())
        .toList();
  }

  private boolean write(String key, Optional<Row> before, Map<String, @Nullable Object> columns) {
    try {
      if (before.isPresent()) {
        rows.replace(PARTITION, key, columns, before.get().version());
      } else {
        rows.insert(PARTITION, key, columns);
      }
      return true;
    } catch (StorageException e) {
      if (e.kind() == Kind.CONFLICT || e.kind() == Kind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  static int number(Row row, String column) {
    return row.columns().get(column) instanceof Number number ? number.intValue() : 0;
  }

  static Optional<Instant> time(Row row, String column) {
    try {
      return row.columns().get(column) instanceof String text
          ? Optional.of(Instant.parse(text))
          : Optional.empty();
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }
}
