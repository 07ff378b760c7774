package io.soracourier.pictures;

import io.soracourier.setting.InvalidSettingException;
import io.soracourier.sora.PictureKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which pictures are fetched: {@code courier.assets}. */
final class PictureSetting {
  static final String NAME = "courier.assets";

  private static final String NONE = "none";

  private PictureSetting() {}

  /**
   * @param setting kinds with commas between them; nothing, or {@code none}, for none
   * @throws InvalidSettingException when it names anything else, which stops the start
   */
  static Set<PictureKind> kinds(String setting) {
    Set<PictureKind> kinds = EnumSet.noneOf(PictureKind.class);
    for (String part : setting.split(",")) {
      String word = part.strip().toLowerCase(Locale.ROOT);
      if (!word.isEmpty() && !word.equals(NONE)) {
        kinds.add(kind(word));
      }
    }
    return kinds;
  }

  private static PictureKind kind(String word) {
    return Arrays.stream(PictureKind.values())
        .filter(kind -> kind.code().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    NAME,
                    "contains a word that is not a picture; put there "
                        + Arrays.stream(PictureKind.values())
                            .map(PictureKind::code)
                            .collect(Collectors.joining(" or "))
                        + ", both with a comma between them, or "
                        + NONE));
  }
}
