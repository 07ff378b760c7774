package io.soracourier.harvest;

import io.soracourier.setting.InvalidSettingException;
import io.soracourier.setting.SettingChecks;
import io.soracourier.storage.Rows;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;

/** What the settings of the harvest must be. */
@Singleton
class HarvestSettingChecks implements SettingChecks {
  private final HarvestConfig config;

  /** Not before the other settings are known to be good. */
  private final Instance<Rows> rows;

  HarvestSettingChecks(HarvestConfig config, Instance<Rows> rows) {
    this.config = config;
    this.rows = rows;
  }

  @Override
  public List<Runnable> checks() {
    return List.of(() -> HarvestFilter.of(config), () -> checkRecords());
  }

  /** Without records the same jobs would be enqueued every five minutes. */
  private void checkRecords() {
    if (config.enabled() && !rows.get().available()) {
      throw new InvalidSettingException(
          "courier.harvest.enabled",
          "needs the records of jobs, which tell what is enqueued already: name a table in"
              + " courier.jobs.table, with VideoStorage saying where tables are, or switch the"
              + " harvest off");
    }
  }
}
