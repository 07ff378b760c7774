package io.soracourier.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawSettingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"abc${x:y}def", "${abc}", "${aes::TEXT}", "a$$b", "a\\${b}", "${", "a\\,b", " a "})
  void value_isReadAsItIsWritten(String value) {
    assertThat(RawSetting.of(config(Map.of("KEY", value)), "KEY")).contains(value);
  }

  @Test
  void settingThatIsMissingOrEmpty_isEmpty() {
    assertThat(RawSetting.of(config(Map.of("OTHER", "x")), "KEY")).isEmpty();
    assertThat(RawSetting.of(config(Map.of("KEY", "")), "KEY")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"${abc}", " ${abc}", "${abc}\n", "\t${abc} \r\n"})
  void whiteSpaceAroundAValue_isTrimmedAndTheRestIsReadAsItIsWritten(String value) {
    assertThat(RawSetting.trimmed(config(Map.of("KEY", value)), "KEY")).contains("${abc}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void settingOfWhiteSpaceAlone_isEmptyWhenTrimmed(String value) {
    assertThat(RawSetting.trimmed(config(Map.of("KEY", value)), "KEY")).isEmpty();
    assertThat(RawSetting.trimmed(config(Map.of("OTHER", "x")), "KEY")).isEmpty();
  }

  private static SmallRyeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build();
  }
}
