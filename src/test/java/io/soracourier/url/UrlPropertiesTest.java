package io.soracourier.url;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script finds that asks {@code if ($job.url)} for each of the names. */
class UrlPropertiesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"url\": \"https://a/b\", \"file\": {\"id\": 1}} | url, file",
        "{\"file\": \"x\", \"video_url\": \"x\", \"url\": \"x\"} | url, video_url, file",
        "{\"output_url\": \"x\", \"content_url\": \"x\", \"download_url\": \"x\"} | output_url, content_url, download_url",
        "{\"data\": [{\"url\": \"x\"}, {\"file\": \"x\"}]} | data[0].url",
        "{\"data\": {\"url\": \"x\"}} | ``",
        "{\"data\": [{\"b64\": 1}, {\"url\": \"x\"}]} | ``",
        "{\"url\": null, \"video_url\": \" \", \"file\": \"\", \"data\": [{\"url\": null}]} | ``",
        "{\"URL\": \"x\", \"video\": {\"url\": \"x\"}} | ``",
        "[{\"url\": \"x\"}] | ``",
        "\"url\" | ``"
      })
  void body_hasTheNamesWithAValueInTheOrderOfTheInstructions(String json, String names)
      throws JsonProcessingException {
    assertThat(String.join(", ", UrlProperties.in(new ObjectMapper().readTree(json))))
        .isEqualTo(names);
  }
}
