package io.soracourier.table;

import io.soracourier.azure.AzureStorageException;
import io.soracourier.storage.Rows;
import io.soracourier.storage.StorageException.Kind;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Instead of a table where there is none. */
final class NoRows implements Rows {
  @Override
  public boolean available() {
    return false;
  }

  @Override
  public Optional<Row> find(String partition, String key) {
    throw refusal();
  }

  @Override
  public String insert(String partition, String key, Map<String, @Nullable Object> columns) {
    throw refusal();
  }

  @Override
  public String replace(
      String partition, String key, Map<String, @Nullable Object> columns, String version) {
    throw refusal();
  }

  @Override
  public void delete(String partition, String key) {
    throw refusal();
  }

  @Override
  public Page page(String partition, @Nullable String after, @Nullable String until, int limit) {
    throw refusal();
  }

  private static AzureStorageException refusal() {
    return AzureStorageException.unsendable(
        Kind.REJECTED,
        "Access to records of jobs",
        "courier.jobs.table is empty, or no setting contains the tables' address");
  }
}
