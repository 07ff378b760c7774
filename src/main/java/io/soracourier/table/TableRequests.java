package io.soracourier.table;

import io.soracourier.azure.AzureStorageException;
import io.soracourier.azure.StorageRequest;
import io.soracourier.storage.Rows.Page;
import io.soracourier.storage.Rows.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Single requests to Table storage, each sent once. A response counts only where it is the one that
 * was requested, down to the keys in it.
 */
final class TableRequests {
  private static final String NEXT_PARTITION = "x-ms-continuation-NextPartitionKey";
  private static final String NEXT_ROW = "x-ms-continuation-NextRowKey";

  /** An empty part is rare: it comes where the service reads for five seconds without a row. */
  private static final int MAX_PARTS = 10;

  private final TableApi api;
  private final String table;
  private final Duration limit;

  /**
   * @param limit how long the body of a response may take
   */
  TableRequests(TableApi api, String table, Duration limit) {
    this.api = api;
    this.table = table;
    this.limit = limit;
  }

  void createTable() {
    StorageRequest.run(
        "Create Table " + table,
        () -> read(api.createTable(TableApi.TABLES, EntityJson.table(table))).expect(201, 204));
  }

  /** The new version. */
  String insertEntity(String partition, String key, Map<String, Object> columns) {
    return StorageRequest.send(
        named("Insert Entity"),
        () ->
            read(api.insertEntity(table, EntityJson.row(partition, key, columns)))
                .expect(201, 204)
                .version());
  }

  /** The new version. */
  String updateEntity(String partition, String key, Map<String, Object> columns, String version) {
    return StorageRequest.send(
        named("Update Entity"),
        () ->
            read(api.updateEntity(
                    Keys.address(table, partition, key),
                    version,
                    EntityJson.row(partition, key, columns)))
                .expect(204)
                .version());
  }

  void deleteEntity(String partition, String key) {
    StorageRequest.run(
        named("Delete Entity"),
        () -> read(api.deleteEntity(Keys.address(table, partition, key))).expect(204));
  }

  Row getEntity(String partition, String key) {
    return StorageRequest.send(
        named("Get Entity"),
        () -> {
          TableResponse response =
              read(api.getEntity(Keys.address(table, partition, key))).expect(200);
          Row row = response.parse(EntityJson::readRow);
          if (!row.partition().equals(partition) || !row.key().equals(key)) {
            throw response.unreadable();
          }
          return row;
        });
  }

  /**
   * Rows of a partition, in the order of their keys.
   *
   * @param after and {@code until} are left out themselves; null: no bound
   * @throws AzureStorageException also when storage sends one empty part after the other
   */
  Page queryEntities(String partition, @Nullable String after, @Nullable String until, int limit) {
    return StorageRequest.send(
        named("Query Entities"),
        () -> {
          String filter = Keys.filter(partition, after, until);
          String nextPartition = null;
          String nextRow = null;
          for (int part = 0; part < MAX_PARTS; part++) {
            TableResponse response =
                read(api.queryEntities(table + "()", filter, limit, nextPartition, nextRow))
                    .expect(200);
            List<Row> rows = response.parse(EntityJson::readRows);
            if (rows.size() > limit || !follow(rows, partition, after, until)) {
              throw response.unreadable();
            }
            nextPartition = response.head().headerOrNull(NEXT_PARTITION);
            nextRow = response.head().headerOrNull(NEXT_ROW);
            boolean more = nextPartition != null;
            if (!rows.isEmpty() || !more) {
              return new Page(rows, more);
            }
          }
          throw new UncheckedIOException(
              new IOException("no row in " + MAX_PARTS + " parts of the result"));
        });
  }

  /** Whether these are rows of the partition between the bounds, in order. */
  private static boolean follow(
      List<Row> rows, String partition, @Nullable String after, @Nullable String until) {
    String before = after;
    for (Row row : rows) {
      if (!row.partition().equals(partition)
          || before != null && row.key().compareTo(before) <= 0
          || until != null && row.key().compareTo(until) >= 0) {
        return false;
      }
      before = row.key();
    }
    return true;
  }

  private TableResponse read(RestResponse<InputStream> response) {
    return TableResponse.read(response, limit);
  }

  String named(String operation) {
    return operation + " " + table;
  }
}
