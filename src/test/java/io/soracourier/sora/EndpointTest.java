package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.setting.InvalidSettingException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  /** What addresses become is tested by the table of docs/reference/endpoint.md. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " https://videos.example.com/v1 ",
        "\t\uFEFFhttps://videos.example.com/v1\u200B\r\n",
        "\u00A0https://videos.example.com/v1\u00A0",
        "\"https://videos.example.com/v1\"",
        "'https://videos.example.com/v1',",
        "`https://videos.example.com/v1`",
        "<https://videos.example.com/v1>",
        "https://videos.example.com/v1;",
        "https://videos.example.com/v1%0A",
        "https://videos.example.com/v1?a=b c{d}\n",
        "https://videos.example.com/v1#/{d}?x#y",
      })
  void whatIsAroundAnAddress_isLeftOut(String pasted) {
    assertThat(Endpoint.parse(pasted).base()).hasToString("https://videos.example.com/v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r.openai.azure.com",
        "r.openai.azure.com:443/openai",
        "ftp://r.openai.azure.com",
        "file:///etc/passwd",
        "https://",
        "https:///openai",
        "https://my resource.openai.azure.com",
        "https://r%2eopenai.azure.com",
        "not a url",
        "{resource}",
        "localhost:8000/v1",
        "//videos.example.com/v1",
        "https:/videos.example.com/v1",
        "https:\\\\videos.example.com\\v1",
        "https://videos.example.com\\v1",
        "https://videos.example.com:443:443/v1",
        "https://videos.example.com:port/v1",
        "https://videos.example.com:111111111111/v1",
        "https://{resource}.openai.azure.com/openai/v1",
        "https://{host}/v1",
        "https://my_server/v1",
        "https://videos..example.com/v1",
        "https://[::1/v1",
        "https://[not-an-address]/v1",
        "https://127.1/v1",
        "https://2130706433/v1",
        "https://0x7f000001/v1",
        "https://videos.example.com/{tenant}/v1",
        "https://videos.example.com/my team/v1",
        "https://videos.example.com/%zz/v1",
        "https://videos.example.com/v1/../admin/v1",
        "https://videos.example.com/.",
        "AZURE_OPENAI_ENDPOINT=https://videos.example.com/v1",
        "https://r.openai.azure.com:99999",
        "https://r.openai.azure.com:0"
      })
  void otherUrlThanHttps_isRefusedWithWhatToPut(String pasted) {
    assertThatThrownBy(() -> Endpoint.parse(pasted))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("AZURE_OPENAI_ENDPOINT ")
        .hasMessageContainingAll("https://{host}/v1", "https://{resource}.openai.azure.com")
        .message()
        .doesNotContain("\n", "passwd");
  }

  @Test
  void userInfo_isRefusedAndNotRepeated() {
    for (String pasted : List.of("https://me:SECRET@r.openai.azure.com", "http://SECRET@host/v1")) {
      assertThatThrownBy(() -> Endpoint.parse(pasted))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("must not carry")
          .message()
          .doesNotContain("SECRET");
    }
  }

  @Test
  void keyInTheQuery_isNowhereAndNotRepeated() {
    assertThat(Endpoint.parse("https://videos.example.com/v1?api-key=SECRET").toString())
        .doesNotContain("SECRET");
    assertThatThrownBy(() -> Endpoint.parse("https://my_server/v1?api-key=SECRET#SECRET"))
        .isInstanceOf(InvalidSettingException.class)
        .message()
        .doesNotContain("SECRET", "my_server");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8000",
        "http://127.0.0.2",
        "http://LOCALHOST:8000",
        "http://localhost.",
        "http://[::1]:8000",
        "http://[0:0:0:0:0:0:0:1]",
        "http://[::ffff:127.0.0.1]"
      })
  void thisMachine_isRecognisedInEveryForm(String pasted) {
    assertThat(Endpoint.parse(pasted).isLoopback()).isTrue();
    assertThat(Endpoint.parse(pasted).isPlainElsewhere()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://10.0.0.4:4000/v1",
        "http://videos.internal"
      })
  void anotherMachine_isNot(String pasted) {
    assertThat(Endpoint.parse(pasted).isLoopback()).isFalse();
    assertThat(Endpoint.parse(pasted).isPlainElsewhere()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://r.openai.azure.com/anything?q, true",
    "HTTPS://R.OPENAI.AZURE.COM:443/, true",
    "https://r.openai.azure.com:8443/, false",
    "http://r.openai.azure.com/, false",
    "http://r.openai.azure.com:443/, false",
    "https://other.openai.azure.com/, false",
    "https://r.openai.azure.com.evil.example/, false",
    "https://r.openai.azure.com@evil.example/, false",
    "https:r.openai.azure.com, false",
    "//r.openai.azure.com/x, false",
    "/openai/v1, false",
  })
  void origin_isSchemeHostAndPort(String uri, boolean own) {
    Endpoint endpoint = Endpoint.parse("https://r.openai.azure.com");

    assertThat(endpoint.isOriginOf(URI.create(uri))).isEqualTo(own);
  }

  @Test
  void originWithAPort_isOnlyThatPort() {
    Endpoint endpoint = Endpoint.parse("http://127.0.0.1:8081");

    assertThat(endpoint.isOriginOf(URI.create("http://127.0.0.1:8081/x"))).isTrue();
    assertThat(endpoint.isOriginOf(URI.create("http://127.0.0.1/x"))).isFalse();
    assertThat(endpoint.isOriginOf(URI.create("http://localhost:8081/x"))).isFalse();
  }

  @Test
  void content_isAtTheDocumentedAddress() {
    Endpoint endpoint = Endpoint.parse("https://r.openai.azure.com");

    assertThat(endpoint.content(VideoApis.SORA_1, "gen_1"))
        .hasToString(
            "https://r.openai.azure.com/openai/v1/video/generations/gen_1/content/video?api-version=preview");
    assertThat(endpoint.content(VideoApis.VIDEOS, "video_1"))
        .hasToString("https://r.openai.azure.com/openai/v1/videos/video_1/content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://r.openai.azure.com",
        "HTTPS://R.OPENAI.AZURE.COM:443/openai",
        "https://r.openai.azure.com.",
        "https://r.cognitiveservices.azure.com",
        "https://r.services.ai.azure.com/api/projects/p",
        "https://r.openai.azure.us",
        "https://r.cognitiveservices.azure.us",
        "https://r.services.ai.azure.us",
        "https://r.openai.azure.cn",
        "https://r.cognitiveservices.azure.cn:8443",
        "http://127.0.0.1:8081",
        "https://localhost",
        "http://[::1]:8081/v1"
      })
  void hostsOfAzureAndThisMachine_receiveTokensByDefault(String pasted) {
    assertThat(Endpoint.parse(pasted).takesTokensUnasked()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil-openai.azure.com.example.com",
        "https://r.openai.azure.com.example.com",
        "https://r-openai.azure.com",
        "https://ropenai.azure.com",
        "https://openai.azure.com",
        "https://r.openai.azure.com.evil",
        "https://r.openai.azure.co",
        "https://r.openai.azure.comx",
        "https://r.openai.azure.de",
        "https://example.com/r.openai.azure.com/openai",
        "https://example.com/v1?x=.openai.azure.com",
        "https://r.cloudapp.azure.com",
        "https://r.azure-api.net",
        "https://videos.contoso.com/v1",
        "https://api.openai.com/v1",
        "https://127.0.0.1.example.com",
        "https://localhost.openai.azure.com.example.com",
        "https://10.0.0.4/v1"
      })
  void anyOtherHost_takesNone(String pasted) {
    assertThat(Endpoint.parse(pasted).takesTokensUnasked()).isFalse();
  }

  @Test
  void dotAtTheEndOfAName_isLeftOut() {
    assertThat(Endpoint.parse("https://r.openai.azure.com./").base())
        .hasToString("https://r.openai.azure.com/openai/v1");
  }
}
