package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.simulator.Ids;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task_01k742sg3vabcdefghjkmnpqrs",
        "video_69800e80a1b2819089abcdef01234567",
        "vidjob_1",
        "9f86d081-884c-4d65-9a2f",
        "a"
      })
  void idOfAnyProvider_isValid(String text) {
    assertThat(new JobId(text)).hasToString(text);
  }

  @Test
  void longestId_isValid() {
    assertThat(JobId.isId("a".repeat(200))).isTrue();
    assertThat(JobId.isId("a".repeat(201))).isFalse();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "../x",
        "a/b",
        "a\\b",
        ".",
        "..",
        "a.b",
        "%2e%2e",
        "a%2fb",
        "task_1\r\nX-Injected: 1",
        "task_1\n",
        " task_1",
        "task 1",
        "task_1?api-version=2",
        "task_1#x",
        "a:b",
        "a@b",
        "_a",
        "-a",
        "täsk_1",
        "task_１",
        "task_1\u0000",
        "{\"jobId\":1}"
      })
  @MethodSource("longOnes")
  void malformedId_isRefused(String text) {
    assertThat(JobId.isId(text)).isFalse();
    assertThatThrownBy(() -> new JobId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("letters, digits");
  }

  static String[] longOnes() {
    return new String[] {"x".repeat(5_000), "../".repeat(2_000)};
  }

  @ParameterizedTest
  @CsvSource({
    "task_01k742sg3vabcdefghjkmnpqrs, 1760000000",
    "video_69800e80a1b2819089abcdef01234567, 1770000000",
  })
  void idOfAzure_saysWhenTheJobWasCreated(String id, long seconds) {
    assertThat(new JobId(id).createdAt(NOW))
        .hasValueSatisfying(at -> assertThat(at.getEpochSecond()).isEqualTo(seconds));
  }

  @Test
  void idsOfTheSimulator_sayWhenTheyWereMade() {
    assertThat(new JobId(Ids.task(NOW)).createdAt(NOW)).contains(NOW);
    assertThat(new JobId(Ids.video(NOW)).createdAt(NOW)).contains(NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task_01K742SG3VABCDEFGHJKMNPQRS", // not the service's lower case
        "task_01k742sg3vabcdefghjkmnpqr", // 25 characters
        "task_01k742sg3vabcdefghjkmnpqrst",
        "task_81k742sg3vabcdefghjkmnpqrs", // more than 48 bits of time
        "task_01k742sg3iabcdefghjkmnpqrs", // i is not of Crockford's alphabet
        "video_69800e80a1b2819089abcdef0123456",
        "video_69800E80A1B2819089ABCDEF01234567",
        "gen_01k742sg3vabcdefghjkmnpqrs",
        "vidjob_01k742sg3vabcdefghjkmnpqrs"
      })
  void idOfAnotherForm_saysNoTime(String id) {
    assertThat(new JobId(id).createdAt(NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task_7zzzzzzzzzabcdefghjkmnpqrs", // the year 10889
        "video_ffffffffa1b2819089abcdef01234567", // 2106
        "video_00000000a1b2819089abcdef01234567", // 1970
        "task_00000000000000000000000000"
      })
  void idOfAGatewayThatOnlyLooksLikeAzures_saysNoTime(String id) {
    assertThat(new JobId(id).createdAt(NOW)).isEmpty();
  }

  @Test
  void clockOfTheServiceAhead_isAllowedForByMinutes() {
    assertThat(new JobId(Ids.task(NOW.plusSeconds(500))).createdAt(NOW)).isPresent();
    assertThat(new JobId(Ids.task(NOW.plusSeconds(700))).createdAt(NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "task_01k742sg3vabcdefghjkmnpqrs, sora-1",
    "task_x, sora-1",
    "video_69800e80a1b2819089abcdef01234567, videos",
    "vidjob_1, videos",
    "gen_1, videos",
  })
  void prefix_hintsAtTheApi(String id, String api) {
    assertThat(VideoApis.likely(new JobId(id)).name()).isEqualTo(api);
  }
}
