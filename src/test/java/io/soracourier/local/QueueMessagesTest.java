package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueMessagesTest {
  private static List<String> messages(String json, boolean binary) throws Exception {
    return QueueMessages.of(Payload.JSON.readTree(json), binary).stream()
        .map(body -> new String(body, StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"https://a.b/v.mp4\" | https://a.b/v.mp4",
        "\"aGVsbG8=\" | hello",
        "\"aGVs\\nbG8=\" | hello",
        "\"aGVsbG8\" | aGVsbG8",
        "7 | 7",
        "1.5 | 1.5",
        "true | True",
        "\"\" | ``",
      })
  void value_isOneMessage(String value, String message) throws Exception {
    assertThat(messages(value, false)).containsExactly(message);
  }

  @Test
  void object_isWrittenOverSeveralLines() throws Exception {
    assertThat(messages("{\"a\":1,\"b\":[],\"c\":[1,{}]}", false))
        .containsExactly("{\n  \"a\": 1,\n  \"b\": [],\n  \"c\": [\n    1,\n    {}\n  ]\n}");
  }

  @Test
  void textThatLooksLikeJson_isParsedAndWrittenAnew() throws Exception {
    assertThat(messages("\" {\\\"a\\\":1} \"", false)).containsExactly("{\n  \"a\": 1\n}");
    assertThat(messages("\"[1,2]\"", false)).containsExactly("1", "2");
  }

  @Test
  void textThatLooksLikeJsonAndIsNot_failsTheFunction() {
    assertThatThrownBy(() -> messages("\"{oops}\"", false))
        .isInstanceOf(FailedInvocationException.class)
        .hasCauseInstanceOf(JsonProcessingException.class);
  }

  @Test
  void elementsOfAnArray_areNotDecoded() throws Exception {
    assertThat(messages("[\"aGVsbG8=\",null]", false)).containsExactly("aGVsbG8=", "");
  }

  @Test
  void binaryBinding_keepsBase64AsText() throws Exception {
    assertThat(messages("\"aGVsbG8=\"", true)).containsExactly("aGVsbG8=");
  }

  @Test
  void nullOrMissing_isNoMessage() throws Exception {
    assertThat(messages("null", false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:02:11Z, 2026-11-22T10:02:11Z",
    "2026-11-22T10:02:11.120Z, 2026-11-22T10:02:11.12Z",
    "2026-11-22T10:02:11.000Z, 2026-11-22T10:02:11Z",
    "2026-11-22T10:02:11.5, 2026-11-22T10:02:11.5",
    "2026-11-22T10:02:10, 2026-11-22T10:02:10",
    "2026-11-22T10:02:10+02:00, 2026-11-22T08:02:10+00:00",
    "2026-11-22T10:02:11.123456789Z, 2026-11-22T10:02:11.123456789Z",
    "2026-13-22T10:02:11Z, 2026-13-22T10:02:11Z",
    "2026-11-22, 2026-11-22",
  })
  void textLikeATime_isRewritten(String text, String written) throws Exception {
    assertThat(messages("{\"at\":\"" + text + "\"}", false))
        .containsExactly("{\n  \"at\": \"" + written + "\"\n}");
  }
}
