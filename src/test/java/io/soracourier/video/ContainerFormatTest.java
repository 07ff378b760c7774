package io.soracourier.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.Mp4;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerFormatTest {
  @ParameterizedTest
  @CsvSource({
    "AVI, 52494646001000004156492020",
    "WEBP, 524946460010000057454250",
    "WEBM, 1A45DFA39F4286810142828477656D",
    "WEBM, 1A45DFA39F42868101428284776562 6D",
    "MATROSKA, 1A45DFA3A34286810142828 86D6174726F736B61",
    "EBML, 1A45DFA39F4286810142F781",
    "QUICKTIME, 000000086D6F6F76",
    "QUICKTIME, 00000001 6D646174",
    "QUICKTIME, 0000000877696465",
    "QUICKTIME, 0000000866726565",
    "QUICKTIME, 00000008736B6970",
    "QUICKTIME, 00000014706E6F74",
    "MP4_FRAGMENT, 0000001873747970",
    "FLV, 464C5601",
    "OGG, 4F67675300",
    "MPEG_PS, 000001BA44",
    "GIF, 474946383961",
    "GIF, 474946383761",
    "PNG, 89504E470D0A1A0A00",
    "JPEG, FFD8FFE0",
    "ZIP, 504B030414"
  })
  void magicNumbers_tellTheFormat(ContainerFormat format, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    ContainerFormat expected =
        format == ContainerFormat.WEBM && hex.endsWith("77656D") ? ContainerFormat.EBML : format;

    assertThat(ContainerFormat.of(bytes)).contains(expected);
    assertThat(ContainerFormat.of(Arrays.copyOf(bytes, 2000))).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {188, 192})
  void syncBytes_tellATransportStream(int packet) {
    byte[] bytes = new byte[ContainerFormat.BEGINNING];
    for (int at = packet - 188; at < bytes.length; at += packet) {
      bytes[at] = 0x47;
    }

    assertThat(ContainerFormat.of(bytes)).contains(ContainerFormat.MPEG_TS);
  }

  @ParameterizedTest
  @CsvSource({
    "HLS, #EXTM3U",
    "HLS, ' #EXTM3U\n#EXT-X-VERSION:3'",
    "DASH, '<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\">'",
    "DASH, '<?xml version=\"1.0\"?>\n<!-- made -->\n<ns:MPD>'"
  })
  void texts_tellAPlaylist(ContainerFormat format, String text) {
    assertThat(ContainerFormat.of(text.getBytes(StandardCharsets.UTF_8))).contains(format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "G", "{\"url\":1}", "<html><MPD>", "<MPDx>", "#EXTM3UX", "RIFF", "freedom"})
  void anythingElse_isNone(String text) {
    assertThat(ContainerFormat.of(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void mp4AndQuickTimeOfBrandQt_areNone() {
    byte[] quickTime = HexFormat.of().parseHex("00000014667479707174202000000000");

    assertThat(ContainerFormat.of(Mp4.small().bytes())).isEmpty();
    assertThat(ContainerFormat.of(quickTime)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"base64\":\"DATA\"}",
        "{\"videos\":[{\"type\":\"base64\",\"base64\" : \"DATA\"}]}",
        "{\"b64_json\":\"DATA",
        "{\"data\":[\"DATA\"]}",
        "{\"url\":\"data:video/mp4;base64,DATA\"}",
        "{\"url\":\"data:video\\/webm;codecs=vp9;base64,xx\"}",
      })
  void base64OfAVideoInJson_isRecognised(String json) {
    String data = Base64.getEncoder().encodeToString(Mp4.small().bytes());

    assertThat(Base64Video.in(json.replace("DATA", data))).isPresent();
    assertThat(Base64Video.alone(data)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"base64\":null,\"b64_json\":\"\"}",
        "{\"id\":\"AAAABBBBCCCCDDDDEEEE\"}",
        "{\"thumbnail\":\"data:video/mp4;base64,AAAA\"}",
        "{\"picture\":\"iVBORw0KGgoAAAANSUhEUg\"}",
        "{\"prompt\":\"a video as base64\"}",
        "{\"b64\":\"AAAAIGZ0eXBhdmlmAAAAAA\"}",
      })
  void otherTextInJson_isNot(String json) {
    assertThat(Base64Video.in(json)).isEmpty();
  }
}
