package io.soracourier.video;

import io.soracourier.video.OtherForm.Lasts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Formats that come where an MP4 was expected, recognised by how they begin, whatever their content
 * type says. The first one that fits counts.
 *
 * <p>An MP4 begins with {@code ftyp} and is none of these; so does a QuickTime file of brand {@code
 * qt}, whose boxes are an MP4's: it counts as one, see {@link Mp4Walk}.
 *
 * <p>Sources: AVI, WebP: Microsoft's RIFF, {@code RIFF} size form. WebM, Matroska: RFC 8794, 11.2,
 * and RFC 9559, the DocType of an EBML header. QuickTime: Apple's QuickTime File Format, "atoms";
 * files from before {@code ftyp} begin with one of these. Fragments: ISO/IEC 14496-12, 8.8, 8.16.
 * MPEG-TS, -PS: ISO/IEC 13818-1, 2.4.3.2, 2.5.3.3. FLV: Adobe's Video File Format, annex E. Ogg:
 * RFC 3533, 6. GIF: GIF89a, 17. PNG: RFC 2083, 3.1. JPEG: ITU-T T.81, B.1.1.3. ZIP: APPNOTE 4.3.7.
 * HLS: RFC 8216, 4.3.1.1. DASH: ISO/IEC 23009-1, 5.3.1.
 */
enum ContainerFormat {
  AVI("AVI", Lasts.ALWAYS, riff("AVI ")),
  WEBP("a WebP picture", Lasts.NOT_SURE, riff("WEBP")),
  WEBM("WebM", Lasts.ALWAYS, ebml("webm")),
  MATROSKA("Matroska", Lasts.ALWAYS, ebml("matroska")),
  EBML("WebM or Matroska", Lasts.ALWAYS, ebml("")),
  QUICKTIME(
      "QuickTime (MOV) without ftyp",
      Lasts.ALWAYS,
      box("moov", "mdat", "wide", "free", "skip", "pnot")),
  MP4_FRAGMENT(
      "a fragment of an MP4 without its beginning", Lasts.NOT_SURE, box("styp", "sidx", "moof")),
  FLV("FLV", Lasts.ALWAYS, text(0, "FLV\u0001")),
  OGG("Ogg", Lasts.ALWAYS, text(0, "OggS")),
  MPEG_PS("MPEG program stream", Lasts.ALWAYS, text(0, "\0\0\u0001\u00BA")),
  MPEG_TS("MPEG-TS", Lasts.ALWAYS, packets(188, 0).or(packets(192, 4))),
  GIF("GIF", Lasts.WHERE_DOCUMENTED, text(0, "GIF87a").or(text(0, "GIF89a"))),
  PNG("a PNG picture", Lasts.NOT_SURE, text(0, "\u0089PNG\r\n\u001A\n")),
  JPEG("a JPEG picture", Lasts.NOT_SURE, text(0, "\u00FF\u00D8\u00FF")),
  ZIP("a ZIP archive", Lasts.WHERE_DOCUMENTED, text(0, "PK\u0003\u0004")),
  HLS("an HLS playlist", Lasts.WHERE_DOCUMENTED, like("#EXTM3U(?![\\w-]).*")),
  DASH(
      "a DASH playlist",
      Lasts.WHERE_DOCUMENTED,
      like("(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)*<(\\w+:)?MPD[\\s>].*"));

  /** The bytes of the beginning that identify all of them. */
  static final int BEGINNING = 1024;

  private static final int EBML_MAGIC = 0x1A45DFA3;

  /** The DocType is in the header, which is short. */
  private static final int EBML_HEADER = 64;

  private static final int SYNC = 0x47;
  private static final int PACKETS = 3;

  private final OtherForm form;
  private final Predicate<byte[]> begins;

  ContainerFormat(String words, Lasts lasts, Predicate<byte[]> begins) {
    this.form = new OtherForm(words, lasts);
    this.begins = begins;
  }

  /** The format of content that begins so; empty for an MP4 and for anything else. */
  static Optional<ContainerFormat> of(byte[] beginning) {
    return Arrays.stream(values()).filter(format -> format.begins.test(beginning)).findFirst();
  }

  OtherForm form() {
    return form;
  }

  private static Predicate<byte[]> text(int at, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes ->
        bytes.length >= at + wanted.length
            && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static Predicate<byte[]> riff(String form) {
    return text(0, "RIFF").and(text(8, form));
  }

  /** The length of a DocType is one byte before it, its id two. */
  private static Predicate<byte[]> ebml(String docType) {
    Pattern named = Pattern.compile("(?s).*\u0042\u0082." + docType + ".*");
    return bytes ->
        bytes.length >= Integer.BYTES
            && ByteBuffer.wrap(bytes).getInt() == EBML_MAGIC
            && (docType.isEmpty()
                || named.matcher(latin(bytes, Math.min(bytes.length, EBML_HEADER))).matches());
  }

  /** The first box, of a size that can be. */
  private static Predicate<byte[]> box(String... types) {
    return bytes -> {
      if (bytes.length < 2 * Integer.BYTES) {
        return false;
      }
      int size = ByteBuffer.wrap(bytes).getInt();
      return (size == 0 || size == 1 || Integer.compareUnsigned(size, 2 * Integer.BYTES) >= 0)
          && Arrays.stream(types).anyMatch(type -> text(Integer.BYTES, type).test(bytes));
    };
  }

  private static Predicate<byte[]> packets(int size, int first) {
    return bytes -> {
      for (int packet = 0; packet < PACKETS; packet++) {
        int at = first + packet * size;
        if (at >= bytes.length || bytes[at] != SYNC) {
          return false;
        }
      }
      return true;
    };
  }

  private static Predicate<byte[]> like(String regex) {
    Pattern pattern = Pattern.compile("(?s)(\u00EF\u00BB\u00BF)?\\s*" + regex);
    return bytes -> pattern.matcher(latin(bytes, Math.min(bytes.length, BEGINNING))).matches();
  }

  private static String latin(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
