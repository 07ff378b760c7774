package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.text.TextEncoding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongStringsTest {
  private static final int LONGEST = 4;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"a\":\"1234\",\"b\":5} | {\"a\":\"1234\",\"b\":5}",
        "{\"a\":\"12345\",\"b\":123456} | {\"a\":\"1234\",\"b\":123456}",
        "{\"abcdef\":true} | {\"abcd\":true}",
        "[\"123\\\"56\",\"x\"] | [\"123\\\"\",\"x\"]",
        "[\"1234\\\"56\",\"x\"] | [\"1234\",\"x\"]",
        "[\"1234\\\\\",\"x\"] | [\"1234\",\"x\"]",
        "[\"12345\\\\\\\"\",\"x\"] | [\"1234\",\"x\"]",
        "[\"123\\u00e9\",\"x\"] | [\"123\\u00e9\",\"x\"]",
        "[\"123\\ud83d\\ude005\"] | [\"123\\ud83d\\ude00\"]",
        "[\"1234\\ud83d\\ude005\"] | [\"1234\"]",
        "[\"123\\ud83d\\ud83d\\ud83d\\ud83d\"] | [\"123\\ud83d\\ud83d\"]",
        "[\"123é5\"] | [\"123é\"]",
        "[\"123😀5\"] | [\"123😀\"]",
        "[\"1234\\u12\",\"x\"] | [\"1234\",\"x\"]",
      })
  void string_isCutBetweenItsCharacters(String json, String kept) {
    assertThat(kept(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(kept);
  }

  @Test
  void bytesThatAreNoCharacter_areCutToo() {
    byte[] json = new byte[100];
    java.util.Arrays.fill(json, (byte) 0x80);
    json[0] = '"';

    assertThat(kept(json)).hasSizeLessThan(20);
  }

  private static String kept(byte[] json) {
    LongStrings strings = new LongStrings(TextEncoding.UTF_8);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    for (byte b : json) {
      if (strings.keeps(b & 0xFF, LONGEST)) {
        kept.write(b);
      }
    }
    return kept.toString(StandardCharsets.UTF_8);
  }
}
