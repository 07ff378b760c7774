package io.soracourier.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingNamesTest {
  private static final String VALUE = "a-value-that-nobody-may-see";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "courier.grace",
        "%dev.courier.grace",
        "courier.content.allowed-hosts",
        "courier.content.allowed-hosts[0]",
        "courier.local.server",
        "quarkus.log.level",
        "couriers.grace",
        "my.courier.grace"
      })
  void propertyThatIsReadOrNotOurs_isFine(String name) {
    assertThat(unknown(properties(name))).isEmpty();
    assertThat(refused(properties(name))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COURIER_GRACE",
        "courier_grace",
        "Courier_Grace",
        "COURIER-GRACE",
        "_PROD_COURIER_GRACE",
        "COURIER_CONTENT_ALLOWED_HOSTS",
        "COURIER_CONTENT_ALLOWED_HOSTS_0_",
        "COURIER_LOCAL_SERVER",
        "QUARKUS_LOG_LEVEL",
        "COURIER",
        "config_ordinal",
        "DEPLOY_COURIER_SETTINGS"
      })
  void variableThatIsReadOrNotOurs_isFine(String name) {
    assertThat(unknown(variables(name))).isEmpty();
    assertThat(refused(variables(name))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "courier.copy.concurency, courier.copy.concurrency",
    "courier.concurrency, courier.copy.concurrency",
    "courier.graze, courier.grace",
    "courier.sora.retry.counts, courier.sora.retry.count",
    "courier.content.allowedHosts, courier.content.allowed-hosts",
    "courier.allowed-hosts, courier.content.allowed-hosts",
    "courier.retry.counts, courier.sora.retry.count",
    "Courier.Grace, courier.grace",
    "COURIER.RETRY.COUNT, courier.sora.retry.count",
    "%prod.courier.grase, courier.grace",
    "courier.retry, courier.sora.retry.count",
    "courier.content.hosts, courier.content.allowed-hosts"
  })
  void unknownProperty_isReportedWithTheNearestName(String name, String nearest) {
    assertThat(unknown(properties(name)))
        .containsExactly(name + " is not a setting and was ignored; did you mean " + nearest + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "COURIER_COPY_CONCURENCY, COURIER_COPY_CONCURRENCY",
    "COURIER__COPY__CONCURRENCY, COURIER_COPY_CONCURRENCY",
    "COURIER_CONTENT_ALLOWEDHOSTS, COURIER_CONTENT_ALLOWED_HOSTS",
    "COURIER_ALLOWED_HOSTS, COURIER_CONTENT_ALLOWED_HOSTS",
    "COURIER-GRASE, COURIER_GRACE",
    "_PROD_COURIER_GRASE, COURIER_GRACE"
  })
  void unknownVariable_isReportedWithTheNearestNameOfAVariable(String name, String nearest) {
    assertThat(unknown(variables(name)))
        .containsExactly(name + " is not a setting and was ignored; did you mean " + nearest + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"courier.x", "courier.prompt.language", "courier."})
  void unknownNameWithNothingNear_isReportedAlone(String name) {
    assertThat(unknown(properties(name)))
        .containsExactly(name + " is not a setting and was ignored");
  }

  @Test
  void nameWithControlCharacters_isOneLineOfBoundedLength() {
    assertThat(unknown(properties("courier.a\nb" + "c".repeat(500))))
        .singleElement()
        .asString()
        .startsWith("courier.a?bccc")
        .hasSizeLessThan(150);
  }

  @ParameterizedTest
  @CsvSource({
    "courier.retry.count, courier.sora.retry.count",
    "courier.circuit.failure-ratio, courier.sora.circuit.failure-ratio",
    "%prod.courier.retry.count, courier.sora.retry.count"
  })
  void formerProperty_stopsTheStartWithBothNames(String former, String current) {
    assertThat(refused(properties(former)))
        .containsExactly(former + " was renamed; set " + current + " in its place");
    assertThat(unknown(properties(former))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "COURIER_RETRY_COUNT, COURIER_SORA_RETRY_COUNT",
    "courier_retry_count, COURIER_SORA_RETRY_COUNT",
    "Courier_Retry_Count, COURIER_SORA_RETRY_COUNT",
    "COURIER_RETRY_COUNT_0_, COURIER_SORA_RETRY_COUNT",
    "COURIER-RETRY-COUNT, COURIER_SORA_RETRY_COUNT",
    "_PROD_COURIER_RETRY_COUNT, COURIER_SORA_RETRY_COUNT",
    "courier.retry.count, courier.sora.retry.count",
    "COURIER.RETRY.COUNT, courier.sora.retry.count",
    "%prod.courier.retry.count, courier.sora.retry.count",
    "COURIER_CIRCUIT_FAILURE_RATIO, COURIER_SORA_CIRCUIT_FAILURE_RATIO"
  })
  void formerVariable_stopsTheStartWithBothNames(String former, String current) {
    assertThat(refused(variables(former)))
        .containsExactly(former + " was renamed; set " + current + " in its place");
    assertThat(unknown(variables(former))).isEmpty();
  }

  /** As a container may have it; it is read as a property is. */
  @Test
  void variableWithDots_isReportedAsItIsWritten() {
    assertThat(unknown(variables("courier.grase")))
        .containsExactly(
            "courier.grase is not a setting and was ignored; did you mean courier.grace?");
    assertThat(unknown(variables("courier.grace"))).isEmpty();
    assertThat(unknown(variables("COURIER.GRACE"))).isEmpty();
    assertThat(unknown(variables("COURIER.GRASE")))
        .containsExactly(
            "COURIER.GRASE is not a setting and was ignored; did you mean courier.grace?");
  }

  private static List<String> unknown(SmallRyeConfig config) {
    List<String> lines = new SettingNames(config).unknown();
    assertThat(lines).noneMatch(line -> line.contains(VALUE));
    return lines;
  }

  private static List<String> refused(SmallRyeConfig config) {
    List<String> messages = new ArrayList<>();
    for (Runnable check : new SettingNames(config).checks()) {
      try {
        check.run();
      } catch (InvalidSettingException e) {
        messages.add(e.getMessage());
      }
    }
    assertThat(messages).noneMatch(message -> message.contains(VALUE));
    return messages;
  }

  private static SmallRyeConfig properties(String name) {
    return config()
        .withSources(new PropertiesConfigSource(Map.of(name, VALUE), "a file", 250))
        .build();
  }

  private static SmallRyeConfig variables(String name) {
    return config()
        .withSources(
            new EnvConfigSource(Map.of(name, name.equals("config_ordinal") ? "300" : VALUE), 300))
        .build();
  }

  private static SmallRyeConfigBuilder config() {
    return new SmallRyeConfigBuilder()
        .withDefaultValue("courier.grace", "60s")
        .withDefaultValue("courier.copy.concurrency", "8")
        .withDefaultValue("courier.content.allowed-hosts", "")
        .withDefaultValue("courier.sora.retry.count", "2")
        .withDefaultValue("courier.sora.circuit.failure-ratio", "0.75");
  }
}
