package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.TextNode;
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
  void textThatLooksLikeJson_isParsedAndRewritten() throws Exception {
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
  void nullOrMissing_isNotAMessage() throws Exception {
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
    "2026-11-25T24:00:00Z, 2026-11-26T00:00:00Z",
    "2026-11-25T24:00:01Z, 2026-11-25T24:00:01Z",
    "/Date(1700000000000)/, 2023-11-14T22:13:20Z",
    "/Date(x)/, /Date(x)/",
    "2026-11-22, 2026-11-22",
  })
  void textLikeATime_isRewritten(String text, String written) throws Exception {
    assertThat(messages("{\"at\":\"" + text + "\"}", false))
        .containsExactly("{\n  \"at\": \"" + written + "\"\n}");
  }

  @ParameterizedTest
  @CsvSource({
    "1.50, 1.5",
    "0.1234567890123456789, 0.12345678901234568",
    "1e400, '\"Infinity\"'",
    "-1e400, '\"-Infinity\"'",
    "1e-400, 0.0",
    "1e2, 100.0",
    "1e20, 1E+20",
    "1.5e-7, 1.5E-07",
    "123456789012345678901234567890, 123456789012345678901234567890",
    "7, 7",
  })
  void number_isRewrittenAsADouble(String number, String written) throws Exception {
    assertThat(messages("{\"n\":" + number + "}", false))
        .containsExactly("{\n  \"n\": " + written + "\n}");
  }

  /** How text of an array escapes all of that. */
  @Test
  void textInAnArray_isWrittenAsItStands() throws Exception {
    String text = " {\"a\":1.50,\"at\":\"2026-11-25T10:00:00.120+05:00\",\"big\":1e400}";
    String json = TextNode.valueOf(text).toString();

    assertThat(messages("[" + json + ",\"[1]\"]", false)).containsExactly(text, "[1]");
  }

  @Test
  void textThatIsATime_isWrittenAsDotNetDoes() throws Exception {
    assertThat(messages("[\"2026-11-25T10:00:00Z\"]", false))
        .containsExactly("11/25/2026 10:00:00");
    assertThat(messages("\"2026-11-25T10:00:00Z\"", false)).containsExactly("11/25/2026 10:00:00");
  }
}
