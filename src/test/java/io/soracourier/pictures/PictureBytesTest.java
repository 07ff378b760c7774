package io.soracourier.pictures;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.Mp4;
import io.soracourier.storage.PictureFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureBytesTest {
  static byte[] picture(PictureFormat format) {
    return switch (format) {
      case WEBP -> Mp4.resource("thumbnail.webp");
      case JPG -> Mp4.resource("thumbnail.jpg");
      case PNG -> png();
    };
  }

  private static byte[] png() {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return png.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void wholePicture_isRecognisedByItsFirstBytesAndItsEnd(PictureFormat format) {
    byte[] picture = picture(format);
    byte[] followed = Arrays.copyOf(picture, picture.length + 60_000);

    assertThat(PictureBytes.format(ByteBuffer.wrap(picture))).contains(format);
    assertThat(PictureBytes.format(ByteBuffer.wrap(Arrays.copyOf(picture, PictureBytes.BEGINNING))))
        .contains(format);
    assertThat(PictureBytes.isWhole(format, ByteBuffer.wrap(picture))).isTrue();
    assertThat(PictureBytes.isWhole(format, ByteBuffer.wrap(followed))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void pictureThatWasCut_isNotWhole(PictureFormat format) {
    byte[] picture = picture(format);

    for (int length = PictureBytes.BEGINNING; length < picture.length; length += 97) {
      byte[] cut = Arrays.copyOf(picture, length);
      assertThat(PictureBytes.isWhole(format, ByteBuffer.wrap(cut)))
          .as("%d bytes", length)
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "RIFF",
        "RIFF....AVI ",
        "<!doctype html>",
        "{\"error\":{}}",
        "....ftypisom",
        "GIF89a......"
      })
  void otherBytes_areNoPicture(String text) {
    assertThat(PictureBytes.format(ByteBuffer.wrap(text.getBytes(ISO_8859_1)))).isEmpty();
  }

  @Test
  void webpThatClaimsMoreThanThereIs_isNotWhole() {
    byte[] picture = picture(PictureFormat.WEBP).clone();
    picture[7] = (byte) 0xFF;

    assertThat(PictureBytes.isWhole(PictureFormat.WEBP, ByteBuffer.wrap(picture))).isFalse();
  }
}
