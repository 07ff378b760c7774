package io.soracourier.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenExpiryTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {"expires_on":"1795706311"}                             | 2026-11-26T15:18:31Z
          {"expires_on":1795706311}                               | 2026-11-26T15:18:31Z
          {"expires_on":1795706311.75}                            | 2026-11-26T15:18:31Z
          {"expires_on":" 1795706311 "}                           | 2026-11-26T15:18:31Z
          {"expires_on":1795706311000}                            | 2026-11-26T15:18:31Z
          {"expires_on":"11/26/2026 3:18:31 PM +00:00"}           | 2026-11-26T15:18:31Z
          {"expires_on":"11/26/2026 3:18:31\\u202fPM +00:00"}     | 2026-11-26T15:18:31Z
          {"expires_on":"11/26/2026 15:18:31 +00:00"}             | 2026-11-26T15:18:31Z
          {"expires_on":"11/26/2026 15:18:31 PM +00:00"}          | 2026-11-26T15:18:31Z
          {"expires_on":"11/26/2026 3:18:31 pm"}                  | 2026-11-26T15:18:31Z
          {"expires_on":"1/5/2027 12:00:00 AM +00:00"}            | 2027-01-05T00:00:00Z
          {"expires_on":"1/5/2027 12:00:00 PM +00:00"}            | 2027-01-05T12:00:00Z
          {"expires_on":"1/5/2027 12:0:12 AM +00:00"}             | 2027-01-05T00:00:12Z
          {"expires_on":"01/05/2027 02:57:58 +00:00"}             | 2027-01-05T02:57:58Z
          {"expires_on":"1/5/2027 2:57:58 AM +05:30"}             | 2027-01-04T21:27:58Z
          {"expires_on":"2026-11-26T15:18:31Z"}                   | 2026-11-26T15:18:31Z
          {"expires_on":"2026-11-26T15:18:31.0000000+00:00"}      | 2026-11-26T15:18:31Z
          {"expires_on":"2026-11-26T17:18:31+02:00"}              | 2026-11-26T15:18:31Z
          {"expires_on":"2026-11-26 15:18:31.443545"}             | 2026-11-26T15:18:31Z
          {"expires_on":"2026-11-26 15:18:31 UTC"}                | 2026-11-26T15:18:31Z
          {"expires_on":"2026/11/26 15:18"}                       | 2026-11-26T15:18:00Z
          {"expires_in":3600}                                     | 2026-11-25T11:00:00Z
          {"expires_in":"86399"}                                  | 2026-11-26T09:59:59Z
          {"expires_on":"86399"}                                  | 2026-11-26T09:59:59Z
          {"expires_on":"soon","expires_in":"3600"}               | 2026-11-25T11:00:00Z
          {"expires_on":null,"expires_in":3600}                   | 2026-11-25T11:00:00Z
          {"expires_on":"1/5/2020 2:57:58 AM","expires_in":3600}  | 2026-11-25T11:00:00Z
          """)
  void everyFormOfAzure_isRead(String answer, Instant expiry) throws JsonProcessingException {
    assertThat(expiry(answer)).contains(expiry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"expires_on\":\"\"}",
        "{\"expires_on\":\"tomorrow\"}",
        "{\"expires_on\":\"13/45/2026 3:18:31 PM +00:00\"}",
        "{\"expires_on\":\"11/26/2026 25:18:31 +00:00\"}",
        "{\"expires_on\":\"99999999999999999999\"}",
        "{\"expires_on\":1e400}",
        "{\"expires_on\":-9000000000000000000}",
        "{\"expires_on\":-5,\"expires_in\":-5}",
        "{\"expires_on\":true,\"expires_in\":[3600]}",
        "{\"expires_on\":{\"value\":1795706311}}",
        "{\"expires_on\":\"1579152252\"}",
        "[]",
        "\"text\""
      })
  void timeNotInTheFuture_isUnknown(String answer) throws JsonProcessingException {
    assertThat(expiry(answer)).isEmpty();
  }

  private static Optional<Instant> expiry(String answer) throws JsonProcessingException {
    return TokenExpiry.of(new ObjectMapper().readTree(answer), NOW);
  }
}
