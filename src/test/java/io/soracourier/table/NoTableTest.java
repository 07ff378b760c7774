package io.soracourier.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.soracourier.azure.StorageSettings;
import io.soracourier.http.Proxies;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.storage.JobsConfig;
import io.soracourier.storage.Rows;
import io.soracourier.storage.StorageException.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoTableTest {
  private static final URI SOMEWHERE = URI.create("https://example.com");

  @Test
  void emptyName_switchesRowsOffWithoutAWord() {
    List<String> warnings = new ArrayList<>();

    Rows rows = rows(Optional.of(SOMEWHERE), "", warnings);

    assertOff(rows);
    assertThat(warnings).isEmpty();
  }

  @Test
  void unknownEndpoint_switchesRowsOffWithAWarning() {
    List<String> warnings = new ArrayList<>();

    Rows rows = rows(Optional.empty(), "jobs", warnings);

    assertOff(rows);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("TableEndpoint", "VideoStorage__tableServiceUri", "courier.jobs.table");
  }

  @ParameterizedTest
  @CsvSource({
    "courier.jobs.table, ab",
    "courier.jobs.table, 1abc",
    "courier.jobs.table, job-s",
    "courier.jobs.table, job_s",
    "courier.jobs.table, Tables",
    "courier.jobs.table, j\u00f6bs",
    "courier.jobs.table, a234567890123456789012345678901234567890123456789012345678901234",
    "courier.jobs.timeout, 0s",
    "courier.jobs.timeout, 61s",
    "courier.jobs.keep, 23h",
    "courier.jobs.keep, 3651d"
  })
  void settingOutOfBounds_isRefusedByName(String name, String value) {
    assertThatThrownBy(() -> check(name, value))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(name + " is ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "Jobs1",
        "a23456789012345678901234567890123456789012345678901234567890123"
      })
  void tableName_isTaken(String name) {
    check("courier.jobs.table", name);
  }

  private static void check(String name, String value) {
    new JobsSettingChecks(config(Map.of(name, value))).checks().forEach(Runnable::run);
  }

  private static void assertOff(Rows rows) {
    assertThat(rows.available()).isFalse();
    for (Runnable call :
        List.<Runnable>of(
            () -> rows.find("p", "a"),
            () -> rows.insert("p", "a", Map.of()),
            () -> rows.replace("p", "a", Map.of(), "W/1"),
            () -> rows.delete("p", "a"),
            () -> rows.page("p", null, null, 5))) {
      assertThatThrownBy(call::run).extracting("kind").isEqualTo(Kind.REJECTED);
    }
  }

  private static Rows rows(Optional<URI> endpoint, String table, List<String> warnings) {
    Logger logger = Logger.getLogger(TableClients.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            warnings.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      return new TableClients()
          .rows(
              new StorageSettings(SOMEWHERE, SOMEWHERE, endpoint, null, "videos"),
              null,
              config(Map.of("courier.jobs.table", table)),
              Proxies.none());
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static JobsConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(JobsConfig.class)
        .withSources(new PropertiesConfigSource(settings, "test", 300))
        .build()
        .getConfigMapping(JobsConfig.class);
  }
}
