package io.soracourier.table;

import io.soracourier.azure.AzureStorageException;
import io.soracourier.azure.StorageRequest;
import io.soracourier.storage.Rows.Page;
import io.soracourier.storage.Rows.Row;
import java.util.List;
import java.util.Map;

/**
 * Single requests to Table storage, each sent once. A response counts only where it is the one that
 * was asked for, down to the keys in it.
 */
final class TableRequests {
  private static final String NEXT_PARTITION = "x-ms-continuation-NextPartitionKey";
  private static final String NEXT_ROW = "x-ms-continuation-NextRowKey";

  private final TableApi api;
  private final String table;

  TableRequests(TableApi api, String table) {
    this.api = api;
    this.table = table;
  }

  void createTable() {
    StorageRequest.run(
        "Create Table " + table,
        () ->
            TableResponse.read(api.createTable(TableApi.TABLES, EntityJson.table(table)))
                .expect(201, 204));
  }

  /** The new version. */
  String insertEntity(String partition, String key, Map<String, Object> columns) {
    return StorageRequest.send(
        named("Insert Entity"),
        () ->
            TableResponse.read(api.insertEntity(table, EntityJson.row(partition, key, columns)))
                .expect(201, 204)
                .version());
  }

  /** The new version. */
  String updateEntity(String partition, String key, Map<String, Object> columns, String version) {
    return StorageRequest.send(
        named("Update Entity"),
        () ->
            TableResponse.read(
                    api.updateEntity(
                        Keys.address(table, partition, key),
                        version,
                        EntityJson.row(partition, key, columns)))
                .expect(204)
                .version());
  }

  void deleteEntity(String partition, String key) {
    StorageRequest.run(
        named("Delete Entity"),
        () ->
            TableResponse.read(api.deleteEntity(Keys.address(table, partition, key))).expect(204));
  }

  Row getEntity(String partition, String key) {
    return StorageRequest.send(
        named("Get Entity"),
        () -> {
          TableResponse response =
              TableResponse.read(api.getEntity(Keys.address(table, partition, key))).expect(200);
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
   * @throws AzureStorageException when storage goes on and on without a row, too
   */
  Page queryEntities(String partition, String after, String until, int limit) {
    return StorageRequest.send(
        named("Query Entities"),
        () -> {
          String filter = Keys.filter(partition, after, until);
          String nextPartition = null;
          String nextRow = null;
          while (true) {
            TableResponse response =
                TableResponse.read(
                        api.queryEntities(table + "()", filter, limit, nextPartition, nextRow))
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
        });
  }

  /** Whether these are rows of the partition between the bounds, in order. */
  private static boolean follow(List<Row> rows, String partition, String after, String until) {
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

  String named(String operation) {
    return operation + " " + table;
  }
}
