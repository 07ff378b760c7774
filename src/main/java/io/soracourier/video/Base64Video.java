package io.soracourier.video;

import io.soracourier.sora.VideoUrls;
import io.soracourier.text.Excerpt;
import io.soracourier.video.OtherForm.Lasts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A video as Base64 text, recognised by how that begins: alone, or as a property of JSON, which may
 * be cut inside it. It is named and refused: it is a third longer than its video, and all of it
 * must be in memory, with the JSON around it.
 *
 * <p>Source: RFC 4648, 4 and 5; RFC 2397 for {@code data:} URLs; Bifrost, {@code
 * core/schemas/videos.go}, for {@code videos[].base64}.
 */
public final class Base64Video {
  private static final int DECODED = 12;
  private static final String DATA_URL = "data:video\\\\?/[^\"]{1,80}?;base64,";
  private static final String BEGINNING = "([A-Za-z0-9+/_-]{16})";
  private static final Pattern ALONE =
      Pattern.compile("\\s*\"?(" + DATA_URL + "|" + BEGINNING + ")", Pattern.CASE_INSENSITIVE);
  private static final Pattern IN_JSON =
      Pattern.compile(
          "\"([^\"\\\\]{1,100})\"\\s*:\\s*(?:\\[\\s*)?\"\\s*(" + DATA_URL + "|" + BEGINNING + ")",
          Pattern.CASE_INSENSITIVE);

  /** Pictures whose files are of the same boxes. */
  private static final Set<String> PICTURES =
      Set.of("avif", "avis", "heic", "heix", "heif", "mif1", "msf1");

  private static final int MAX_NAME = 60;

  private Base64Video() {}

  /** Where the text begins as one. */
  public static Optional<OtherForm> alone(String text) {
    Matcher begin = ALONE.matcher(text);
    return begin.lookingAt() && isVideo(begin, 2)
        ? Optional.of(new OtherForm("Base64 text of a video", Lasts.WHERE_DOCUMENTED))
        : Optional.empty();
  }

  /**
   * Where a property of the JSON begins as one.
   *
   * @param json its text, or the beginning of that
   */
  public static Optional<OtherForm> in(String json) {
    Matcher property = IN_JSON.matcher(json);
    while (property.find()) {
      String name = property.group(1);
      if (isVideo(property, 3) && !VideoUrls.isOfOther(name)) {
        return Optional.of(
            new OtherForm(
                "JSON with a video as Base64 in its '%s'".formatted(Excerpt.of(name, MAX_NAME)),
                Lasts.WHERE_DOCUMENTED));
      }
    }
    return Optional.empty();
  }

  private static boolean isVideo(Matcher matcher, int group) {
    String beginning = matcher.group(group);
    return beginning == null || isVideo(beginning.replace('-', '+').replace('_', '/'));
  }

  private static boolean isVideo(String beginning) {
    byte[] bytes = Base64.getDecoder().decode(beginning);
    String text = new String(bytes, 0, DECODED, StandardCharsets.ISO_8859_1);
    if (text.startsWith("ftyp", Integer.BYTES)) {
      return !PICTURES.contains(text.substring(2 * Integer.BYTES));
    }
    return ContainerFormat.of(bytes)
        .filter(format -> format.form().lasts() == Lasts.ALWAYS)
        .isPresent();
  }
}
