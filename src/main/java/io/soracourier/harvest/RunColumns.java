package io.soracourier.harvest;

import io.soracourier.storage.Rows.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run has found, as columns of a row. */
final class RunColumns {
  private RunColumns() {}

  static Map<String, @Nullable Object> of(HarvestSummary run) {
    Map<String, @Nullable Object> columns = new HashMap<>();
    columns.put("began", run.began().toString());
    columns.put("millis", run.took().toMillis());
    columns.put("requests", run.requests());
    columns.put("listed", run.listed());
    columns.put("stored", run.stored());
    columns.put("waiting", run.waiting());
    columns.put("enqueued", run.enqueued());
    columns.put("ended", run.ended());
    columns.put("failed", run.failed());
    columns.put("skipped", run.skipped());
    columns.put("left", run.left());
    columns.put("oldest", run.oldest() == null ? null : run.oldest().toString());
    columns.put("expires", run.expires() == null ? null : run.expires().toString());
    columns.put("complete", run.complete());
    columns.put("problem", run.problem());
    return columns;
  }

  /** Empty where the row was not written by the courier. */
  static Optional<HarvestSummary> read(Row row) {
    return HarvestRows.time(row, "began")
        .map(
            began ->
                new HarvestSummary(
                    began,
                    Duration.ofMillis(HarvestRows.number(row, "millis")),
                    HarvestRows.number(row, "requests"),
                    HarvestRows.number(row, "listed"),
                    HarvestRows.number(row, "stored"),
                    HarvestRows.number(row, "waiting"),
                    HarvestRows.number(row, "enqueued"),
                    HarvestRows.number(row, "ended"),
                    HarvestRows.number(row, "failed"),
                    HarvestRows.number(row, "skipped"),
                    HarvestRows.number(row, "left"),
                    HarvestRows.time(row, "oldest").orElse(null),
                    HarvestRows.time(row, "expires").orElse(null),
                    Boolean.TRUE.equals(row.columns().get("complete")),
                    row.columns().get("problem") instanceof String problem ? problem : null));
  }
}
