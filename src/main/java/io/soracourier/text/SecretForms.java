package io.soracourier.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The forms in which a secret is looked for, without regard to case: as it is, in hexadecimal, and
 * in Base64, alone and inside a longer text, as {@code user:key} is sent by Basic authentication.
 * Escapes are read by {@link SecretSearch}, except inside Base64, where each is another form.
 */
final class SecretForms {
  /** A part of a secret as long as this is a secret too. */
  static final int MIN_LENGTH = 8;

  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /**
   * What is left as it is in a URL in addition to letters and digits: by Java's URLEncoder,
   * JavaScript's encodeURIComponent and encodeURI, RFC 3986 (Go, .NET, PHP), Python's quote, .NET's
   * WebUtility.
   */
  private static final List<String> UNESCAPED_IN_URLS =
      List.of("-_.*", "-_.!~*'()", "-_.!~*'();/?:@&=+$,#", "-_.~", "-_.~/", "-_.!*()");

  /**
   * What is escaped in JSON in addition to quotes and backslashes: by default, and to be safe in
   * HTML.
   */
  private static final List<String> ESCAPED_IN_JSON = List.of("", "&<>", "&<>'\"+`");

  private final Set<String> forms = new LinkedHashSet<>();

  private SecretForms() {}

  /** Of a secret that is text; none where it is too short to be one. Folded. */
  static Collection<String> of(String secret) {
    SecretForms forms = new SecretForms();
    if (secret.length() >= MIN_LENGTH) {
      forms.add(secret);
      escaped(secret).forEach(text -> forms.addBase64(text.getBytes(UTF_8)));
      forms.add(HexFormat.of().formatHex(secret.getBytes(UTF_8)));
    }
    return forms.forms;
  }

  /** Of a secret that is bytes. */
  static Collection<String> of(byte[] secret) {
    SecretForms forms = new SecretForms();
    if (secret.length >= MIN_LENGTH) {
      forms.addBase64(secret);
      forms.add(HexFormat.of().formatHex(secret));
    }
    return forms.forms;
  }

  /** The same for all characters that differ in case only. */
  static char folded(char c) {
    return c < 0x80
        ? c >= 'A' && c <= 'Z' ? (char) (c + 0x20) : c
        : Character.toLowerCase(Character.toUpperCase(c));
  }

  /** As it is, and as common encoders write it in a URL, in JSON and in HTML. */
  private static Set<String> escaped(String secret) {
    Set<String> texts = new LinkedHashSet<>();
    texts.add(secret);
    for (String unescaped : UNESCAPED_IN_URLS) {
      texts.add(inUrl(secret, unescaped, "%%%02X"));
      texts.add(inUrl(secret, unescaped, "%%%02x"));
    }
    for (String further : ESCAPED_IN_JSON) {
      for (String format : List.of("\\u%04x", "\\u%04X")) {
        String json = inJson(secret, further, format);
        texts.add(json);
        texts.add(json.replace("/", "\\/"));
      }
    }
    String html = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    texts.add(html);
    for (String quote : List.of("&quot;", "&#34;")) {
      String quoted = html.replace("\"", quote);
      texts.add(quoted);
      texts.add(quoted.replace("'", "&#39;"));
      texts.add(quoted.replace("'", "&#x27;"));
      texts.add(quoted.replace("'", "&#39;").replace("+", "&#43;"));
      // Templates of JavaScript.
      texts.add(
          quoted
              .replace("=", "&#x3D;")
              .replace("'", "&#39;")
              .replace("/", "&#x2F;")
              .replace("`", "&#x60;"));
    }
    return texts;
  }

  private static String inUrl(String secret, String unescaped, String format) {
    StringBuilder url = new StringBuilder();
    for (char c : new String(secret.getBytes(UTF_8), ISO_8859_1).toCharArray()) {
      if (ALPHANUMERIC.indexOf(c) >= 0 || unescaped.indexOf(c) >= 0) {
        url.append(c);
      } else {
        url.append(format.formatted((int) c));
      }
    }
    return url.toString();
  }

  private static String inJson(String secret, String further, String format) {
    StringBuilder json = new StringBuilder();
    for (char c : secret.toCharArray()) {
      if (further.indexOf(c) >= 0) {
        json.append(format.formatted((int) c));
      } else {
        json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return json.toString();
  }

  /**
   * Base64 writes three bytes as four characters. So there are three ways in which a secret inside
   * a longer text is written; of each, those characters that depend on the secret alone.
   */
  private void addBase64(byte[] secret) {
    for (int before = 0; before < 3; before++) {
      byte[] text = new byte[before + secret.length];
      System.arraycopy(secret, 0, text, before, secret.length);
      int first = (before * 8 + 5) / 6;
      int last = text.length * 8 / 6;
      String encoded = Base64.getEncoder().encodeToString(text).substring(first, last);
      add(encoded);
      add(encoded.replace('+', '-').replace('/', '_'));
    }
  }

  private void add(String form) {
    if (form.length() >= MIN_LENGTH) {
      forms.add(fold(form));
    }
  }

  private static String fold(String form) {
    StringBuilder folded = new StringBuilder(form.length());
    form.chars().forEach(c -> folded.append(folded((char) c)));
    return folded.toString();
  }
}
