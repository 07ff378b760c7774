package io.soracourier.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  private static final Instant TIME = Instant.parse("1994-11-06T08:49:37Z");

  @Test
  void time_isWrittenWithTwoDigitsForTheDay() {
    assertThat(HttpDate.of(TIME.plusMillis(999))).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        " Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "sun, 06 nov 1994 09:49:37 +0100"
      })
  void date_isReadAsServersWriteIt(String text) {
    assertThat(HttpDate.parse(text)).contains(TIME);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {"Mon, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z", "120", "Sun, 06 Nov"})
  void textThatIsNotADate_isEmpty(String text) {
    assertThat(HttpDate.parse(text)).isEmpty();
  }
}
