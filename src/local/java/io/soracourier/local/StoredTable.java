package io.soracourier.local;

import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableServiceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One table, as a test or a person sees it. */
public final class StoredTable {
  private final TableClient client;

  public StoredTable(StorageAccount account, String name) {
    this.client =
        new TableClientBuilder()
            .connectionString(account.connectionString())
            .tableName(name)
            .buildClient();
  }

  public void create() {
    client.createTable();
  }

  public void createIfMissing() {
    try {
      client.createTable();
    } catch (TableServiceException e) {
      if (e.getResponse().getStatusCode() != 409) {
        throw e;
      }
    }
  }

  /**
   * A row with its keys, columns and {@code odata.etag}; empty where it or the table is missing.
   */
  public Optional<Map<String, Object>> row(String partition, String key) {
    try {
      return Optional.of(client.getEntity(partition, key).getProperties());
    } catch (TableServiceException e) {
      if (e.getResponse().getStatusCode() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** All rows of a partition, in the order of their keys; none where the table is missing. */
  public List<Map<String, Object>> rows(String partition) {
    ListEntitiesOptions all =
        new ListEntitiesOptions()
            .setFilter("PartitionKey eq '" + partition.replace("'", "''") + "'");
    try {
      return client.listEntities(all, null, Context.NONE).stream()
          .map(TableEntity::getProperties)
          .toList();
    } catch (TableServiceException e) {
      if (e.getResponse().getStatusCode() == 404) {
        return List.of();
      }
      throw e;
    }
  }

  /** Microsoft's client of this table, for what is not available otherwise. */
  public TableClient client() {
    return client;
  }
}
