package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.setting.InvalidSettingException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https://r.openai.azure.com,                                                                   https://r.openai.azure.com/openai/v1
          https://r.openai.azure.com/,                                                                  https://r.openai.azure.com/openai/v1
          https://r.openai.azure.com//,                                                                 https://r.openai.azure.com/openai/v1
          ' https://r.openai.azure.com ',                                                               https://r.openai.azure.com/openai/v1
          HTTPS://R.OpenAI.Azure.com,                                                                   https://r.openai.azure.com/openai/v1
          https://r.openai.azure.com/openai,                                                            https://r.openai.azure.com/openai/v1
          https://r.openai.azure.com/openai/,                                                           https://r.openai.azure.com/openai/v1
          https://r.openai.azure.com/openai/v1,                                                         https://r.openai.azure.com/openai/v1
          https://r.openai.azure.com/openai/v1/,                                                        https://r.openai.azure.com/openai/v1
          https://r.openai.azure.com//openai//v1/,                                                      https://r.openai.azure.com/openai/v1
          https://r.openai.azure.com/openai/v1/video/generations/jobs?api-version=preview,              https://r.openai.azure.com/openai/v1
          https://r.openai.azure.com/openai/v1/video/generations/jobs/task_01?api-version=preview#x,    https://r.openai.azure.com/openai/v1
          https://r.openai.azure.com/openai/v1/videos/video_69/content,                                 https://r.openai.azure.com/openai/v1
          https://r.openai.azure.com/openai/deployments/sora/videos?api-version=x,                      https://r.openai.azure.com/openai/v1
          https://r.services.ai.azure.com/,                                                             https://r.services.ai.azure.com/openai/v1
          https://r.services.ai.azure.com/api/projects/p,                                               https://r.services.ai.azure.com/api/projects/p/openai/v1
          https://r.cognitiveservices.azure.com:443/openai,                                             https://r.cognitiveservices.azure.com:443/openai/v1
          https://gateway.example/sora/openai/v1,                                                       https://gateway.example/sora/openai/v1
          https://api.openai.com/v1,                                                                    https://api.openai.com/v1
          https://api.openai.com/v1/,                                                                   https://api.openai.com/v1
          https://api.openai.com/v1/videos/video_69,                                                    https://api.openai.com/v1
          https://gateway.example/video/v1,                                                             https://gateway.example/video/v1
          http://127.0.0.1:8081,                                                                        http://127.0.0.1:8081/openai/v1
          http://localhost:8081/v1,                                                                     http://localhost:8081/v1
          http://[::1]:8081/,                                                                           http://[::1]:8081/openai/v1
          """)
  void whateverIsPasted_leadsToTheBase(String pasted, String base) {
    assertThat(Endpoint.parse(pasted).base()).hasToString(base);
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
        "https://r.openai.azure.com:99999",
        "https://r.openai.azure.com:0"
      })
  void otherUrlThanHttps_isRefusedWithWhatToPut(String pasted) {
    assertThatThrownBy(() -> Endpoint.parse(pasted))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("AZURE_OPENAI_ENDPOINT ")
        .hasMessageContaining("https://{resource}.openai.azure.com")
        .message()
        .doesNotContain("\n", "passwd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://r.openai.azure.com",
        "http://10.0.0.4/v1",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com"
      })
  void httpOffTheMachine_isRefused(String pasted) {
    assertThatThrownBy(() -> Endpoint.parse(pasted))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("in the clear");
  }

  @Test
  void userInfo_isRefusedAndNotRepeated() {
    assertThatThrownBy(() -> Endpoint.parse("https://me:SECRET@r.openai.azure.com"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("must not carry")
        .message()
        .doesNotContain("SECRET");
  }

  @ParameterizedTest
  @CsvSource({
    "https://r.openai.azure.com, true",
    "http://127.0.0.1:1, true",
    "https://api.openai.com/v1, false",
  })
  void azure_isRecognisedByItsPath(String pasted, boolean azure) {
    assertThat(Endpoint.parse(pasted).isAzure()).isEqualTo(azure);
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
