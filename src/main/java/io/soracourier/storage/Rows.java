package io.soracourier.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table. A row is found by its partition and its key, and has columns with values
 * of the types {@link String}, {@link Integer}, {@link Long}, {@link Double} and {@link Boolean},
 * which come back as they were written. The table is created when a row is inserted and it is
 * missing; a missing table reads as an empty one.
 *
 * <p>No method takes longer than the setting {@code courier.jobs.timeout}, and a page ten times
 * that, whatever it waits for, and none retries: what the rows say is not worth waiting for. After
 * a {@code TRANSIENT} or {@code FOREIGN} failure of a change it is unknown whether the change took
 * or will take effect.
 *
 * <p>Limits, which are those of Table storage: a partition or a key has at most 512 characters, and
 * none of {@code / \ # ?} or control characters; a row has at most 252 columns, whose names are
 * letters, digits and underscores; a text has at most 32 Ki characters, and a row 1 MiB, in which a
 * character counts as two bytes. What is over a size is {@code TOO_LARGE}, anything else {@code
 * REJECTED}, and nothing is sent.
 */
public interface Rows {
  /** The most rows that a page can have. */
  int MAX_PAGE = 1000;

  /**
   * Whether there is a table at all. Where rows are switched off by the setting {@code
   * courier.jobs.table}, or no setting contains the tables' address, every other method fails with
   * {@code REJECTED}, and nothing is sent.
   */
  default boolean available() {
    return true;
  }

  /**
   * @throws StorageException for every failure; a row or table that is missing is not one
   */
  Optional<Row> find(String partition, String key);

  /**
   * Adds a row.
   *
   * @param columns those without a value, which is null, are left out
   * @return the version of the row
   * @throws StorageException {@code CONFLICT} when the row is there already; {@code DENIED} also
   *     when the table is missing and may not be created
   */
  String insert(String partition, String key, Map<String, @Nullable Object> columns);

  /**
   * Replaces all columns of a row, if its version is still this one.
   *
   * @param columns those without a value, which is null, are left out
   * @return the new version of the row
   * @throws StorageException {@code CONFLICT} when the row was changed meanwhile; {@code NOT_FOUND}
   *     when there is no such row or no table
   */
  String replace(
      String partition, String key, Map<String, @Nullable Object> columns, String version);

  /**
   * Deletes a row, whatever its version. It may be missing.
   *
   * @throws StorageException for every failure
   */
  void delete(String partition, String key);

  /**
   * Reads rows of a partition in the order of their keys, which is that of their UTF-16 code units,
   * in one request. (Storage may send an empty first part of a result; the request for the next
   * part follows in the same call.)
   *
   * @param after a key, which is left out itself; null: from the first row on
   * @param until a key, which is left out itself; null: to the last row
   * @param limit of rows, 1 to {@link #MAX_PAGE}
   * @throws StorageException for every failure
   */
  Page page(String partition, @Nullable String after, @Nullable String until, int limit);

  /**
   * A row as it was read.
   *
   * @param version opaque; it changes with each change of the row
   * @param columns in the order in which they were received
   */
  record Row(String partition, String key, String version, Map<String, Object> columns) {}

  /**
   * Rows that follow each other. There may be fewer than the limit although there are more: storage
   * ends a page where it likes.
   *
   * @param more whether more rows may follow; then there is at least one row here, and the next
   *     page is the one {@code after} the key of the last one
   */
  record Page(List<Row> rows, boolean more) {}
}
