package io.soracourier.harvest;

import io.quarkus.runtime.configuration.DurationConverter;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.sora.ListedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the listed jobs are harvested.
 *
 * @param models of which the job's is one; empty: any, also none
 * @param prefixes of which one begins the id; empty: any
 * @param age since the creation, at most; null: any. A job without a time is of no age, and passes
 */
record HarvestFilter(List<String> models, List<String> prefixes, @Nullable Duration age) {
  static final String SETTING = "courier.harvest.filter";
  static final String EVERY_JOB = "all";
  static final HarvestFilter ALL = new HarvestFilter(List.of(), List.of(), null);

  private static final String EXAMPLE = "model=sora-2,prefix=video_,age=12h";

  HarvestFilter {
    models = List.copyOf(models);
    prefixes = List.copyOf(prefixes);
  }

  /** By the setting; every job where it is empty. */
  static HarvestFilter of(HarvestConfig config) {
    return parse(config.filter().orElse(EVERY_JOB));
  }

  /**
   * Reads {@value #EVERY_JOB}, or conditions such as {@value #EXAMPLE}, all of which must be met;
   * of several models, or several prefixes, one.
   *
   * @throws InvalidSettingException when it cannot be read
   */
  static HarvestFilter parse(String text) {
    if (text.strip().equalsIgnoreCase(EVERY_JOB)) {
      return ALL;
    }
    List<String> models = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    Duration age = null;
    for (String condition : text.split(",", -1)) {
      int equals = condition.indexOf('=');
      String name = equals < 0 ? "" : condition.substring(0, equals).strip();
      String value = condition.substring(equals + 1).strip();
      if (value.isEmpty() || value.contains(";") || value.contains("=")) {
        throw invalid();
      }
      switch (name) {
        case "model" -> models.add(value);
        case "prefix" -> prefixes.add(value);
        case "age" -> {
          if (age != null) {
            throw invalid();
          }
          age = age(value);
        }
        default -> throw invalid();
      }
    }
    return new HarvestFilter(models, prefixes, age);
  }

  private static Duration age(String value) {
    try {
      Duration age = DurationConverter.parseDuration(value);
      if (age.isNegative() || age.isZero()) {
        throw invalid();
      }
      return age;
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static InvalidSettingException invalid() {
    return new InvalidSettingException(
        SETTING,
        "cannot be read; put conditions there, separated by commas: model=…, prefix=… (of the id)"
            + " and age=… (at most), for example "
            + EXAMPLE
            + ", or "
            + EVERY_JOB);
  }

  boolean accepts(ListedJob job, Instant now) {
    return (models.isEmpty() || job.model().filter(models::contains).isPresent())
        && (prefixes.isEmpty() || prefixes.stream().anyMatch(job.id().value()::startsWith))
        && !isTooOld(job, now);
  }

  boolean isTooOld(ListedJob job, Instant now) {
    return age != null
        && job.times().created().filter(created -> created.isBefore(now.minus(age))).isPresent();
  }
}
