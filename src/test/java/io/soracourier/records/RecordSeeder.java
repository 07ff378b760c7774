package io.soracourier.records;

import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import io.soracourier.local.StoredTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes records into the table of jobs as the courier does, for jobs that nobody enqueued. */
public final class RecordSeeder {
  /** Table storage takes no more rows at once. */
  private static final int BATCH = 100;

  private final StoredTable table;

  public RecordSeeder(StoredTable table) {
    this.table = table;
  }

  /** The table must be there. Records that are there already are replaced. */
  public void write(List<JobRecord> jobs) {
    List<TableTransactionAction> byTime = new ArrayList<>();
    List<TableTransactionAction> byId = new ArrayList<>();
    for (JobRecord job : jobs) {
      String key = RecordKeys.ofJob(job.id());
      String timeKey = RecordKeys.atTime(job.seen(), key);
      byTime.add(action(RecordKeys.BY_TIME, timeKey, RecordColumns.of(job)));
      byId.add(action(RecordKeys.BY_ID, key, Map.of("row", timeKey)));
    }
    for (List<TableTransactionAction> rows : List.of(byTime, byId)) {
      for (int i = 0; i < rows.size(); i += BATCH) {
        table.client().submitTransaction(rows.subList(i, Math.min(rows.size(), i + BATCH)));
      }
    }
  }

  private static TableTransactionAction action(
      String partition, String key, Map<String, Object> columns) {
    TableEntity row = new TableEntity(partition, key);
    columns.forEach(row::addProperty);
    return new TableTransactionAction(TableTransactionActionType.UPSERT_REPLACE, row);
  }
}
