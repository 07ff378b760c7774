package io.soracourier.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;

/** What a text looks like when a server shows it, encoded in all the ways that servers encode. */
public final class Encodings {
  private Encodings() {}

  /** All of them, the text itself included, also inside a longer text in Base64. */
  public static Set<String> of(String text) {
    Set<String> forms = alone(text);
    for (String before : List.of("u", "us", "user:", "api-key:", "Bearer ")) {
      forms.addAll(base64(before + text));
      forms.addAll(base64(before + text + ":x"));
    }
    return forms;
  }

  /** Those of the text alone. */
  public static Set<String> alone(String text) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(text);
    String url = URLEncoder.encode(text, UTF_8);
    forms.add(url);
    forms.add(url.replace("+", "%20"));
    forms.add(lowerCaseEscapes(url));
    forms.add(each(text, c -> "%%%02X".formatted(c)));
    forms.add(each(text, c -> "%%%02x".formatted(c)));
    forms.add(each(text, c -> isUnreserved(c) ? one(c) : "%%%02x".formatted(c)));
    forms.add(URLEncoder.encode(url, UTF_8));
    String json = text.replace("\\", "\\\\").replace("\"", "\\\"");
    forms.add(json);
    forms.add(json.replace("/", "\\/"));
    forms.add(json.replace("\\", "\\\\").replace("\"", "\\\""));
    forms.add(each(text, c -> isUnreserved(c) ? one(c) : "\\u%04x".formatted(c)));
    forms.add(each(text, c -> isUnreserved(c) ? one(c) : "\\u%04X".formatted(c)));
    forms.add(each(text, c -> "\\u%04x".formatted(c)));
    String html =
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
    forms.add(html);
    forms.add(html.replace("'", "&#39;").replace("+", "&#43;").replace("/", "&#x2F;"));
    forms.add(html.replace("+", "&plus;").replace("/", "&sol;").replace("=", "&equals;"));
    forms.add(each(text, c -> "&#%d;".formatted(c)));
    forms.add(each(text, c -> "&#x%x;".formatted(c)));
    forms.addAll(base64(text));
    forms.addAll(base64(url));
    return forms;
  }

  /** Standard and URL-safe, with and without padding. */
  public static List<String> base64(String text) {
    List<String> forms = new ArrayList<>();
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      forms.add(encoder.encodeToString(text.getBytes(UTF_8)));
      forms.add(encoder.withoutPadding().encodeToString(text.getBytes(UTF_8)));
    }
    return forms;
  }

  private static String lowerCaseEscapes(String url) {
    return java.util.regex.Pattern.compile("%..")
        .matcher(url)
        .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
  }

  private static String each(String text, IntFunction<String> encoding) {
    return text.chars().mapToObj(encoding).reduce("", String::concat);
  }

  private static String one(int c) {
    return String.valueOf((char) c);
  }

  private static boolean isUnreserved(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-';
  }
}
