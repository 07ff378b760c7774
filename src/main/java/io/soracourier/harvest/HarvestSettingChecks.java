package io.soracourier.harvest;

import io.soracourier.setting.InvalidSettingException;
import io.soracourier.setting.SettingChecks;
import io.soracourier.storage.Rows;
import jakarta.inject.Singleton;
import java.util.List;

/** What the settings of the harvest must be. */
@Singleton
class HarvestSettingChecks implements SettingChecks {
  private final HarvestConfig config;
  private final Rows rows;

  HarvestSettingChecks(HarvestConfig config, Rows rows) {
    this.config = config;
    this.rows = rows;
  }

  @Override
  public List<Runnable> checks() {
    return List.of(() -> HarvestFilter.parse(config.filter()), () -> checkRecords(config, rows));
  }

  /** Without records the same jobs would be enqueued every five minutes. */
  private static void checkRecords(HarvestConfig config, Rows rows) {
    if (config.enabled() && !rows.available()) {
      throw new InvalidSettingException(
          "courier.harvest.enabled",
          "needs the records of jobs, which tell what is enqueued already: name a table in"
              + " courier.jobs.table, with VideoStorage saying where tables are, or switch the"
              + " harvest off");
    }
  }
}
