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
        "a",
        "_a",
        "-a",
        "...",
        "a.b~c",
        "video_bGl0ZWxsbTpjdXN0b21fbGxtX3Byb3ZpZGVyOmF6dXJl==",
        "video_0123:openai",
        "models%2Fveo-3.1%2Foperations%2Fx:gemini",
        "a+b=c",
        "%2F%2e",
        "%2e%2e%2e"
      })
  void idOfAnyProvider_isValid(String text) {
    assertThat(new JobId(text)).hasToString(text);
  }

  @Test
  void longestId_isValid() {
    assertThat(JobId.isId("a".repeat(512))).isTrue();
    assertThat(JobId.isId("a".repeat(513))).isFalse();
    assertThat(JobId.isId("a".repeat(268) + ":".repeat(244))).isTrue();
    assertThat(JobId.isId("a".repeat(267) + ":".repeat(245))).isFalse();
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
        "%",
        "%2e%2e",
        "%2E.",
        "a%",
        "a%2",
        "a%zz",
        "100%25%",
        "task_1\r\nX-Injected: 1",
        "task_1\n",
        " task_1",
        "task 1",
        "task_1?api-version=2",
        "task_1#x",
        "a@b",
        "a,b",
        "a!b",
        "a&b",
        "a;b",
        "a*b",
        "a'b",
        "a\"b",
        "a(b)",
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

  @ParameterizedTest
  @CsvSource({
    "task_01k742sg3vabcdefghjkmnpqrs, task_01k742sg3vabcdefghjkmnpqrs",
    "video_YQ==, video_YQ%3D%3D",
    "a~b.c-d_e, a~b.c-d_e",
    "models%2Fveo:gemini, models%252Fveo%3Agemini",
    "%2F%2e, %252F%252e",
    "a+b, a%2Bb",
  })
  void idInAPath_isEscapedOnce(String id, String segment) {
    assertThat(new JobId(id).inPath()).isEqualTo(segment);
    assertThat(VideoApis.ALL)
        .allSatisfy(
            api -> {
              assertThat(api.job(new JobId(id))).contains("/" + segment);
              assertThat(api.content(id)).contains("/" + segment + "/");
            });
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

  @ParameterizedTest
  @CsvSource({
    "https://r.openai.azure.com, true",
    "https://r.services.ai.azure.com, true",
    "https://api.openai.com/v1, true",
    "https://eu.api.openai.com/v1, true",
    "https://videos.example.com/v1, false",
    "https://notapi.openai.com.example.com/v1, false",
    "http://127.0.0.1:8000/v1, false",
  })
  void timeInAnId_countsAtAzureAndOpenAiOnly(String endpoint, boolean counts) {
    JobId id = new JobId(Ids.video(NOW));

    assertThat(Endpoint.parse(endpoint).createdAt(id, NOW).isPresent()).isEqualTo(counts);
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
