package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostJsonTest {
  @TempDir Path app;

  private HostJson read(String text, Map<String, String> settings) throws Exception {
    Files.writeString(app.resolve("host.json"), text);
    return HostJson.read(app, settings);
  }

  @Test
  void nothingSet_givesTheHostsDefaults() throws Exception {
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

  /**
   * The real host ignores a key that it does not know, in silence, and takes "30" for 30 days. So
   * every key of the project's own file is one of these, and every time has the form hh:mm:ss.
   */
  @Test
  void hostJsonOfTheProject_hasOnlyKeysAndFormsThatTheHostReads() throws Exception {
    JsonNode project =
        new ObjectMapper().readTree(ProjectDirectory.path().resolve("host.json").toFile());

    assertThat(unread(project)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"functionTimeout":"30"}                                          | functionTimeout
          {"functionTimeout":3600}                                          | functionTimeout
          {"extensions":{"queues":{"visibilityTimeout":"30"}}}              | extensions.queues.visibilityTimeout
          {"extensions":{"queues":{"maxPollingInterval":"2s"}}}             | extensions.queues.maxPollingInterval
          {"extensions":{"queues":{"bachSize":16}}}                         | extensions.queues.bachSize
          {"extensions":{"queue":{"batchSize":16}}}                         | extensions.queue.batchSize
          {"extensions":{"queues":{"batchSize":"16"}}}                      | extensions.queues.batchSize
          {"customHandler":{"descripton":{"defaultExecutablePath":"x"}}}    | customHandler.descripton.defaultExecutablePath
          {"customHandler":{"enableForwardingHttpRequests":true}}           | customHandler.enableForwardingHttpRequests
          {"customHandler":{"enableForwardingHttpRequest":"true"}}          | customHandler.enableForwardingHttpRequest
          {"logging":{"logLevel":{"default":"Waring"}}}                     | logging.logLevel.default
          """)
  void keyOrFormThatTheHostDoesNotRead_isDetected(String hostJson, String key) throws Exception {
    assertThat(unread(new ObjectMapper().readTree(hostJson))).containsExactly(key);
  }

  private static final String SPAN = "\"\\d\\d:[0-5]\\d:[0-5]\\d\"";
  private static final String TEXT = "\"[^\"]+\"";
  private static final String LEVEL = "\"(Trace|Debug|Information|Warning|Error|Critical|None)\"";

  /** What the host reads, of what the project uses: path, and form of the value. */
  private static final Map<String, String> READ =
      Map.ofEntries(
          Map.entry("version", "\"2\\.0\""),
          Map.entry("functionTimeout", SPAN),
          Map.entry("customHandler\\.description\\.defaultExecutablePath", TEXT),
          Map.entry("customHandler\\.enableForwardingHttpRequest", "true|false"),
          Map.entry("extensionBundle\\.id", TEXT),
          Map.entry("extensionBundle\\.version", "\"\\[4\\.\\*, 5\\.0\\.0\\)\""),
          Map.entry("extensions\\.queues\\.messageEncoding", "\"(none|base64)\""),
          Map.entry("extensions\\.queues\\.(batchSize|newBatchThreshold|maxDequeueCount)", "\\d+"),
          Map.entry("extensions\\.queues\\.(maxPollingInterval|visibilityTimeout)", SPAN),
          Map.entry("logging\\.logLevel\\.(default|(Host|Function)\\.[A-Za-z.]+)", LEVEL),
          Map.entry("logging\\.applicationInsights\\.samplingSettings\\.isEnabled", "true|false"),
          Map.entry(
              "logging\\.applicationInsights\\.samplingSettings\\.excludedTypes",
              "\"((Dependency|Event|Exception|PageView|Request|Trace)(;|(?=\")))+\""));

  private static List<String> unread(JsonNode hostJson) {
    List<String> unread = new ArrayList<>();
    walk("", hostJson, unread);
    return unread;
  }

  private static void walk(String path, JsonNode node, List<String> unread) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  walk(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      unread));
    } else if (READ.entrySet().stream()
        .noneMatch(
            read -> path.matches(read.getKey()) && node.toString().matches(read.getValue()))) {
      unread.add(path);
    }
  }
}
