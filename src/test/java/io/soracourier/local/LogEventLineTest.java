package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogEventLineTest {
  @Test
  void event_isFoundBehindWhatTheLoggerWrites() {
    assertThat(
            LogEventLine.parse(
                "2026-11-22 10:00:00,000 INFO  [io.soracourier] (executor-1)"
                    + " event=look look=2 message=\"say \\\"hi\\\" = now\" jobId=task_1"))
        .contains(
            new LogEventLine(
                "look", Map.of("look", "2", "message", "say \"hi\" = now", "jobId", "task_1")));
  }

  @Test
  void otherLine_isIgnored() {
    assertThat(LogEventLine.parse("sora-courier started")).isEmpty();
  }
}
