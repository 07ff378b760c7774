package io.soracourier.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvocationTest {
  /** What the host is documented to send, and what its code sends. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "dGFza18x"                         | task_1
          "eyJqb2JJZCI6InRhc2tfMSJ9"         | {"jobId":"task_1"}
          ""                                 | ``
          "\\"task_1\\""                       | task_1
          "task_1"                           | task_1
          "\\"{\\\\\\"jobId\\\\\\":\\\\\\"task_1\\\\\\"}\\"" | {"jobId":"task_1"}
          "{\\"jobId\\":\\"task_1\\"}"           | {"jobId":"task_1"}
          {"jobId":"task_1"}                 | {"jobId":"task_1"}
          42                                 | 42
          null                               | ``
          """)
  void bodyInAnyEncodingOfTheHost_isTheMessage(String onTheWire, String message) {
    assertThat(new String(bytes(onTheWire), UTF_8)).isEqualTo(message);
  }

  @Test
  void binaryBody_isKeptByteForByte() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }

    assertThat(bytes('"' + Base64.getEncoder().encodeToString(all) + '"')).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "7",
        "\"x\"",
        "{}",
        "{\"Data\":null}",
        "{\"Data\":[]}",
        "{\"data\":{}}",
        "{\"Data\":{\"job\":",
        "<html>"
      })
  void otherBody_isMalformed(String body) {
    assertThatThrownBy(() -> Invocation.parse("id", body.getBytes(UTF_8)))
        .isInstanceOf(MalformedInvocationException.class);
  }

  @Test
  void noBody_isMalformed() {
    assertThatThrownBy(() -> Invocation.parse("id", null))
        .isInstanceOf(MalformedInvocationException.class);
  }

  @Test
  void missingBinding_isNamed() {
    Invocation invocation = Invocation.parse("id", "{\"Data\":{\"other\":1}}".getBytes(UTF_8));

    assertThatThrownBy(() -> invocation.bytes("job"))
        .isInstanceOf(MalformedInvocationException.class)
        .hasMessageContaining("\"job\"");
  }

  @Test
  void jsonNestedVeryDeep_isMalformed() {
    String body = "{\"Data\":{\"job\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}}";

    assertThatThrownBy(() -> Invocation.parse("id", body.getBytes(UTF_8)))
        .isInstanceOf(MalformedInvocationException.class);
  }

  private static byte[] bytes(String onTheWire) {
    return Invocation.parse(
            "id", ("{\"Data\":{\"job\":" + onTheWire + "},\"Metadata\":{}}").getBytes(UTF_8))
        .bytes("job");
  }
}
