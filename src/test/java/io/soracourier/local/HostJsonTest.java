package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostJsonTest {
  @TempDir Path app;

  private HostJson read(String text, Map<String, String> settings) throws Exception {
    Files.writeString(app.resolve("host.json"), text);
    return HostJson.read(app, settings);
  }

  @Test
  void nothingSaid_givesTheHostsDefaults() throws Exception {
    HostJson host = read("{}", Map.of());

    assertThat(QueueOptions.from(host, 2))
        .isEqualTo(new QueueOptions(16, 16, Duration.ofMinutes(1), Duration.ZERO, 5, true));
    assertThat(host.functionTimeout()).contains(Duration.ofMinutes(30));
  }

  @Test
  void appSetting_overridesWhateverTheCase() throws Exception {
    HostJson host =
        read(
            "{\"extensions\":{\"queues\":{\"batchSize\":8}}}",
            Map.of(
                "AzureFunctionsJobHost__extensions__Queues__BatchSize", "4",
                "AzureFunctionsJobHost__functionTimeout", "-1"));

    assertThat(QueueOptions.from(host, 1).batchSize()).isEqualTo(4);
    assertThat(host.functionTimeout()).isEmpty();
  }

  @Test
  void valueOutOfRange_isNamed() throws Exception {
    HostJson host = read("{\"extensions\":{\"queues\":{\"batchSize\":33}}}", Map.of());

    assertThatThrownBy(() -> QueueOptions.from(host, 1))
        .hasMessage("host.json: extensions.queues.batchSize must be 1 to 32");
  }

  @Test
  void timeSpan_mayHaveDaysAndFractions() throws Exception {
    HostJson host = read("{\"a\":\"1.02:03:04.5\",\"b\":\"30s\"}", Map.of());

    assertThat(host.duration("a", Duration.ZERO))
        .isEqualTo(Duration.ofHours(26).plusMinutes(3).plusMillis(4500));
    assertThatThrownBy(() -> host.duration("b", Duration.ZERO)).hasMessageContaining("'30s'");
  }

  @Test
  void folderWithoutHostJson_saysHowToBuildIt() {
    assertThatThrownBy(() -> HostJson.read(app, Map.of())).hasMessageContaining("mvn package");
  }
}
