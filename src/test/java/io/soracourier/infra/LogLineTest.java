package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.courier.LogEvent;
import io.soracourier.courier.LogField;
import io.soracourier.courier.LookLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A line of the log says to the query what it said to the log, whatever the values hold. */
class LogLineTest {
  private static final ProjectFile EVENTS = ProjectFile.read("infra/queries/courier-events.kql");
  private final Logger logger = Logger.getLogger("io.soracourier");
  private final List<String> lines = new ArrayList<>();
  private final Handler handler = new Collector();

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
  }

  @Test
  void valueThatLooksLikeAField_isNotTakenForOne() {
    LookLog.of("8b2f")
        .with(LogField.JOB_ID, "task_01k75f2h5mfbv8sd9x3q6zj4ra")
        .with(LogField.CORRELATION_ID, "a \"b\" reason=expired event=copied \\")
        .with(LogField.LOOK, 3)
        .with(LogField.REASON, "service known to be down")
        .with(LogField.BYTES, null)
        .write(LogEvent.LOOK_AGAIN);

    assertThat(lines).hasSize(1);
    assertThat(parseKeyValues(lines.get(0)))
        .containsExactly(
            Map.entry("event", "look-again"),
            Map.entry("invocationId", "8b2f"),
            Map.entry("jobId", "task_01k75f2h5mfbv8sd9x3q6zj4ra"),
            Map.entry("correlationId", "a \"b\" reason=expired event=copied \\"),
            Map.entry("look", "3"),
            Map.entry("reason", "service known to be down"));
  }

  /** As {@code parse-kv} does, by the delimiters that the query gives it. */
  private static Map<String, String> parseKeyValues(String line) {
    String pair = Pattern.quote(EVENTS.first("pair_delimiter = '(.)'"));
    String keyValue = Pattern.quote(EVENTS.first("kv_delimiter = '(.)'"));
    String quote = Pattern.quote(EVENTS.first("quote = '(.)'"));
    String escape = Pattern.quote(EVENTS.first("escape = '\\\\(.)'"));
    String quoted = quote + "((?:" + escape + ".|(?!" + quote + ").)*)" + quote;
    Matcher pairs =
        Pattern.compile("(\\w+)" + keyValue + "(?:" + quoted + "|((?:(?!" + pair + ").)*))")
            .matcher(line);
    Map<String, String> fields = new LinkedHashMap<>();
    while (pairs.find()) {
      fields.put(
          pairs.group(1),
          pairs.group(2) == null
              ? pairs.group(3)
              : pairs.group(2).replaceAll(escape + "(.)", "$1"));
    }
    return fields;
  }

  private class Collector extends Handler {
    @Override
    public void publish(LogRecord record) {
      lines.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
