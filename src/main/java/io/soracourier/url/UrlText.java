package io.soracourier.url;

import io.soracourier.text.Excerpt;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * URLs as servers write them: with blanks, braces, letters beyond ASCII, a lone percent sign. They
 * are escaped as browsers and curl do, so that what is requested is what was meant.
 */
public final class UrlText {
  private static final String UNRESERVED = "-._~";
  private static final String ALLOWED = UNRESERVED + "!$&'()*+,;=:@/?";
  private static final int MAX_ASCII = 0x7F;
  private static final int MAX_LATIN_1 = 0xFF;

  private static final int MAX_EXCERPT = 2_000;
  private static final Pattern HARMLESS =
      Pattern.compile("api-version=[A-Za-z0-9.-]+|(output_)?index=[0-9]{1,2}");

  private UrlText() {}

  /**
   * For a person: without what may be a signature or a password, and in ASCII, so that no character
   * in it is taken for another one, or for none.
   *
   * @param uri with a host
   */
  public static String printable(URI uri) {
    URI ascii = URI.create(uri.toASCIIString());
    String query = ascii.getRawQuery();
    String authority = ascii.getRawAuthority();
    return ascii.getScheme()
        + "://"
        + authority.substring(authority.lastIndexOf('@') + 1)
        + ascii.getRawPath()
        + (query == null ? "" : HARMLESS.matcher(query).matches() ? "?" + query : "?…");
  }

  /** The same of a URL that somebody else made: without known secrets, and of bounded length. */
  public static String excerpt(URI uri) {
    return Excerpt.of(printable(uri), MAX_EXCERPT);
  }

  /** With everything escaped that a URI cannot have; what is escaped already stays. */
  static String escaped(String url) {
    String text = url.strip().replaceAll("[\\t\\r\\n]", "");
    int authority = authorityEnd(text);
    StringBuilder escaped = new StringBuilder(text.substring(0, authority));
    boolean fragment = false;
    for (int i = authority; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '%' && isEscape(text, i)) {
        escaped.append(text, i, i + 3);
        i += 3;
        continue;
      }
      if (c == '#' && !fragment) {
        fragment = true;
        escaped.append('#');
      } else if (isAllowed(c)) {
        escaped.append((char) c);
      } else {
        escape(text.substring(i, i + Character.charCount(c)), charset(text), escaped);
      }
      i += Character.charCount(c);
    }
    return escaped.toString();
  }

  /** Scheme and authority are left as they are: what is wrong there is refused, not guessed. */
  private static int authorityEnd(String text) {
    int begin = text.matches("(?s)(?i)[a-z][a-z0-9+.-]*://.*") ? text.indexOf("://") + 3 : 0;
    if (begin == 0 && !text.startsWith("//")) {
      return 0;
    }
    int at = begin == 0 ? 2 : begin;
    while (at < text.length() && "/?#".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static boolean isAllowed(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c <= MAX_ASCII && ALLOWED.indexOf(c) >= 0;
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0;
  }

  /**
   * Header values arrive byte for byte as Latin-1, whatever their bytes mean; JSON has no bytes.
   */
  private static Charset charset(String text) {
    return text.chars().allMatch(c -> c <= MAX_LATIN_1) && isUtf8(text)
        ? StandardCharsets.ISO_8859_1
        : StandardCharsets.UTF_8;
  }

  private static boolean isUtf8(String latin1) {
    byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
    return !new String(bytes, StandardCharsets.UTF_8).contains("\uFFFD");
  }

  private static void escape(String character, Charset charset, StringBuilder to) {
    for (byte b : character.getBytes(charset)) {
      to.append('%').append("%02X".formatted(b & 0xFF));
    }
  }
}
