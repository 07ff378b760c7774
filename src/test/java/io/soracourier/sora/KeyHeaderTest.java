package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.setting.InvalidSettingException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHeaderTest {
  private static final String KEY = "Zq7-made-up";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x-api-key                      | x-api-key                 | Zq7-made-up
          x-api-key:                     | x-api-key                 | Zq7-made-up
          '  X-API-Key '                 | X-API-Key                 | Zq7-made-up
          api-key                        | api-key                   | Zq7-made-up
          Authorization                  | Authorization             | Zq7-made-up
          Authorization: Bearer          | Authorization             | Bearer Zq7-made-up
          Authorization:Bearer           | Authorization             | Bearer Zq7-made-up
          Authorization :  Token         | Authorization             | Token Zq7-made-up
          Authorization: Custom scheme:  | Authorization             | Custom scheme: Zq7-made-up
          Ocp-Apim-Subscription-Key      | Ocp-Apim-Subscription-Key | Zq7-made-up
          x-litellm-api-key: Bearer      | x-litellm-api-key         | Bearer Zq7-made-up
          X-Goog-Api-Key                 | X-Goog-Api-Key            | Zq7-made-up
          CF-Access-Client-Secret        | CF-Access-Client-Secret   | Zq7-made-up
          X-Amz-Security-Token           | X-Amz-Security-Token      | Zq7-made-up
          Cookie: session=               | Cookie                    | session= Zq7-made-up
          x_api_key.v2                   | x_api_key.v2              | Zq7-made-up
          X-Contosoaccesstokenforvideos  | X-Contosoaccesstokenforvideos | Zq7-made-up
          """)
  void nameOrNameAndPrefix_carriesTheKey(String setting, String name, String value) {
    assertThat(KeyHeader.parse(setting, Optional.of(KEY)))
        .hasValueSatisfying(
            header -> assertThat(header.with(KEY)).isEqualTo(Map.entry(name, value)));
  }

  @Test
  void keyThatIsAShortWord_mayBeInTheName() {
    assertThat(KeyHeader.parse("x-api-key", Optional.of("key"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "AUTO", " auto ", "", " "})
  void auto_leavesItToTheEndpoint(String setting) {
    assertThat(KeyHeader.parse(setting, Optional.of(KEY))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "host: Bearer",
        "Content-Length",
        "content-type",
        "CONNECTION",
        "Keep-Alive",
        "Transfer-Encoding",
        "Accept-Encoding",
        "Accept",
        "Range",
        "If-Range",
        "If-None-Match",
        "TE",
        "Trailer",
        "Upgrade",
        "HTTP2-Settings",
        "Expect",
        "Proxy-Authorization: Basic",
        "Proxy-Connection"
      })
  void headerOfTheRequestItself_isRefused(String setting) {
    assertRefused(setting, "belongs to the request itself");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api key",
        ":authority",
        ": Bearer",
        "x-api-kéy",
        "x-api-key\u0000",
        "Bearer {key}",
        "x'y",
        "x(y)",
        "\"x-api-key\"",
        "-",
        "x-api-key=",
        "x-api-key\r\nHost"
      })
  void otherThanAName_isRefused(String setting) {
    assertRefused(setting, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bear\ner",
        "Authorization: Bearer\r\nX-Other: 1",
        "Authorization: Bearer\u0007x",
        "Authorization: Béarer",
        "Authorization: Bearer {key}",
        "Authorization: Bearer $KEY",
        "Authorization: Bearer <key>",
        "Authorization: 'Bearer'",
        "Authorization: \"Bearer\"",
        "Authorization: `id`",
        "Authorization: Bearer\u200b",
        "Authorization: Bearer\\"
      })
  void prefixThatIsNotSentBeforeAKey_isRefused(String setting) {
    assertRefused(setting, "behind the name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        KEY,
        "Authorization: Bearer " + KEY,
        "x-api-key: " + KEY,
        "sk-or-v1-0123456789abcdef",
        "sk-proj-abcDEF012-345",
        "Authorization: Bearer sk-another-key-0123",
        "xai-abcdefghijklmnop",
        "0123456789abcdef0123456789abcdef",
        "x-api-key: 0123456789abcdef0123456789abcdef",
        "0123456789-89ab-4cde-8f01-23456789abcd",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln"
      })
  void whatLooksLikeTheKey_isRefusedAndNotRepeated(String setting) {
    assertRefused(setting, "looks like the key itself");
  }

  private static void assertRefused(String setting, String why) {
    assertThatThrownBy(() -> KeyHeader.parse(setting, Optional.of(KEY)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("courier.sora.key-header ")
        .hasMessageContainingAll(why, "x-api-key", "Authorization: Bearer", "AZURE_OPENAI_API_KEY")
        .message()
        .doesNotContain("\n", KEY, "0123456789", "sk-", "xai-", "eyJ");
  }
}
