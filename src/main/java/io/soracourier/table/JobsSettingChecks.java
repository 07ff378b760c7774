package io.soracourier.table;

import io.soracourier.setting.Bounds;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.setting.SettingChecks;
import io.soracourier.storage.JobsConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** What the settings of the records must be. */
@Singleton
class JobsSettingChecks implements SettingChecks {
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration MIN_KEEP = Duration.ofDays(1);
  private static final Duration MAX_KEEP = Duration.ofDays(3650);

  private final JobsConfig jobs;

  JobsSettingChecks(JobsConfig jobs) {
    this.jobs = jobs;
  }

  @Override
  public List<Runnable> checks() {
    return List.of(
        () -> jobs.table().ifPresent(JobsSettingChecks::checkTable),
        () -> Bounds.check("courier.jobs.timeout", jobs.timeout(), MIN_TIMEOUT, MAX_TIMEOUT),
        () -> Bounds.check("courier.jobs.keep", jobs.keep(), MIN_KEEP, MAX_KEEP));
  }

  /** The service's rules for table names; {@code tables} is reserved, in upper and lower case. */
  private static void checkTable(String name) {
    if (!name.matches("[A-Za-z][A-Za-z0-9]{2,62}") || name.equalsIgnoreCase("tables")) {
      throw new InvalidSettingException(
          "courier.jobs.table",
          "is not a table's name: 3 to 63 letters and digits, beginning with a letter, and not the"
              + " word tables; leave it empty to keep no records");
    }
  }
}
