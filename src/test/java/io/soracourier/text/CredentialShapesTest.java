package io.soracourier.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody configured, and looks like a credential. */
class CredentialShapesTest {
  private static final String JWT =
      "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJhdWQiOiJuby1zdWNoLWF1ZGllbmNlIn0.c2lnbmF0dXJl-_x";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400 {\"refresh_token\":\"%s\",\"id_token\":\"%s\"}",
        "400 {\"token\":\"%s\"}",
        "400 {\\\"token\\\":\\\"%s\\\"}",
        "token: %s",
        "token=%s&x=1",
        "got <%s>",
        "got '%s'.",
        "[%s, %s]",
        "<Token>%s</Token>",
        "Basic %s"
      })
  void jsonWebToken_isLeftOut(String text) {
    String words = text.replace("%s", JWT);

    for (String shown : List.of(Excerpt.of(words, 1000), Excerpt.of(words, 60))) {
      assertThat(shown)
          .contains("…")
          .doesNotContain("eyJ0", "eyJhd", "c2lnbmF")
          .startsWith(text.substring(0, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".eyJhdWQiOiJuby1z", ".eyJhdWQiOiJuby1zdWNoLWF1ZGllbmNlIn0"})
  void jsonWebTokenCutAfterItsHeader_isLeftOut(String rest) {
    assertThat(Excerpt.of("got eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0" + rest, 500))
        .doesNotContain("eyJhdWQ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"password\":\"S3CRET w0rd\"}",
        "{\"client_secret\":\"S3CRET~w0rd\"}",
        "{\"clientSecret\" : \"S3CRET\"}",
        "{\"secret\":\"S3CRET\\\"w0rd\"}",
        "{\"subscription-key\":\"S3CRET-w0rd\"}",
        "{\"refreshToken\":\"S3CRET-w0rd\"}",
        "{\"Ocp-Apim-Subscription-Key\":[\"S3CRET-w0rd\"]}",
        "{\"primaryKey\":\"S3CRET-w0rd\"}",
        "{'passphrase': 'S3CRET-w0rd'}",
        "password=S3CRET-w0rd",
        "pwd: S3CRET-w0rd",
        "x-functions-key: S3CRET-w0rd",
        "X-IDENTITY-HEADER: S3CRET-w0rd",
        "Authorization: Basic S3CRETw0rd==",
        "Authorization: Token S3CRET-w0rd",
        "set-cookie: session=S3CRET-w0rd; path=/",
        "<clientSecret>S3CRET-w0rd</clientSecret>",
        "token=S3CRET-w0rd",
        "id_token: S3CRET-w0rd,"
      })
  void memberWithTheNameOfACredential_losesItsValue(String text) {
    assertThat(Excerpt.of(text, 500)).contains("…").doesNotContain("S3CRET", "w0rd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid token: signature does not match",
        "token: expired.",
        "The password: required, secret: mandatory",
        "Invalid subscription key or wrong API endpoint",
        "{\"token_type\":\"Bearer\",\"max_tokens\":16384,\"total_tokens\":123456789}",
        "{\"error\":{\"code\":\"InvalidAuthenticationTokenTenant\",\"message\":\"no key\"}}",
        "monkey: 123456789, hockey=abc-123-def",
        "{\"keyframes\":\"12345678-9\",\"authors\":\"a-b-c-d-e-f\"}",
        "a task_01jwzn8pwpefnrxfnsv4fvrjc6 and eyJqb2IiOiJ2aWRlb18xIn0 and eyJqb2IiOiJ2aWRlb18xIn0.mp4",
        "key: 1, token 2"
      })
  void ordinaryWords_areKept(String text) {
    assertThat(Excerpt.of(text, 500)).isEqualTo(text);
  }

  @Test
  void idBehindTheNameOfACredential_isKept() {
    String id = "eyJqb2IiOiJ2aWRlb18xIn0-_x";

    assertThat(
            Excerpt.of(
                "token: " + id + ", sig=" + id + " \"secret\":\"" + id + "\"", 500, List.of(id)))
        .isEqualTo("token: " + id + ", sig=" + id + " \"secret\":\"" + id + "\"");
  }
}
