package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant TIME = Instant.parse("2026-09-21T14:13:20Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1790000000",
        "1790000000.0",
        "1.79E9",
        "\"1790000000\"",
        "\" 1790000000.000 \"",
        "1790000000000",
        "\"1790000000000\"",
        "1790000000000000",
        "1790000000000000000",
        "\"2026-09-21T14:13:20Z\"",
        "\"2026-09-21T14:13:20.000000Z\"",
        "\"2026-09-21T16:13:20+02:00\"",
        "\"2026-09-21T16:13:20+0200\"",
        "\"2026-09-21T16:13:20+02\"",
        "\"2026-09-21T14:13:20\"",
        "\"2026-09-21 14:13:20\"",
        "\"2026-09-21 14:13:20 UTC\"",
        "\"2026-09-21 14:13:20+00:00\"",
        "\"2026-09-21t14:13:20z\"",
        "\"Mon, 21 Sep 2026 14:13:20 GMT\""
      })
  void timeInAForm_isRead(String json) throws JsonProcessingException {
    assertThat(ServerTime.of(ServiceJson.read(json), NOW)).contains(TIME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-5",
        "-1790000000",
        "84231.55",
        "1577836799",
        "253402300799",
        "4102444800",
        "9223372036854775807",
        "1e60",
        "1e400",
        "NaN",
        "Infinity",
        "\"1e999999999\"",
        "\"\"",
        "\"soon\"",
        "\"2026-13-45T99:99:99Z\"",
        "\"9999-12-31T23:59:59Z\"",
        "\"0001-01-01T00:00:00Z\"",
        "true",
        "[]",
        "[1790000000]",
        "{}",
        "null"
      })
  void otherThanATimeOfAJob_isNone(String json) throws JsonProcessingException {
    assertThat(ServerTime.of(ServiceJson.read(json), NOW)).isEmpty();
  }

  @Test
  void parts_areKeptAsFarAsTheyMatter() throws JsonProcessingException {
    assertThat(ServerTime.of(ServiceJson.read("1790000000.75"), NOW))
        .contains(TIME.plusMillis(750));
  }
}
