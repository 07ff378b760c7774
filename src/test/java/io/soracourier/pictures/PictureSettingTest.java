package io.soracourier.pictures;

import static io.soracourier.sora.PictureKind.SPRITESHEET;
import static io.soracourier.sora.PictureKind.THUMBNAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.setting.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSettingTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "none", "NONE", ",", " none , "})
  void nothingOrNone_isNoPicture(String setting) {
    assertThat(PictureSetting.kinds(setting)).isEmpty();
  }

  @Test
  void kinds_areReadWhateverTheirCaseAndSpaces() {
    assertThat(PictureSetting.kinds("thumbnail")).containsExactly(THUMBNAIL);
    assertThat(PictureSetting.kinds("SpriteSheet, thumbnail"))
        .containsExactly(THUMBNAIL, SPRITESHEET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"poster", "thumbnails", "thumbnail;spritesheet", "true"})
  void anythingElse_stopsTheStartWithWhatToDo(String setting) {
    assertThatThrownBy(() -> PictureSetting.kinds(setting))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll("courier.assets", "thumbnail or spritesheet", "none");
  }
}
