package io.soracourier.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The forms in which a secret is looked for: as it is, in hexadecimal, and in Base64, alone and
 * inside a longer text, as {@code user:key} is sent by Basic authentication. Escapes are {@link
 * SecretPattern}'s, except inside Base64, where each would be another form.
 */
final class SecretForms {
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  private final Map<String, SecretPattern> patterns = new LinkedHashMap<>();

  private SecretForms() {}

  /** Of a secret that is text; none where it is too short to be one. */
  static List<SecretPattern> of(String secret) {
    SecretForms forms = new SecretForms();
    if (secret.length() >= SecretPattern.MIN_LENGTH) {
      forms.add(secret, false);
      escaped(secret).forEach(text -> forms.addBase64(text.getBytes(UTF_8)));
      forms.add(HexFormat.of().formatHex(secret.getBytes(UTF_8)), true);
    }
    return forms.patterns();
  }

  /** Of a secret that is bytes. */
  static List<SecretPattern> of(byte[] secret) {
    SecretForms forms = new SecretForms();
    if (secret.length >= SecretPattern.MIN_LENGTH) {
      forms.addBase64(secret);
      forms.add(HexFormat.of().formatHex(secret), true);
    }
    return forms.patterns();
  }

  private List<SecretPattern> patterns() {
    return new ArrayList<>(patterns.values());
  }

  /** As it is, and as common encoders write it in a URL and in JSON. */
  private static Set<String> escaped(String secret) {
    String url = URLEncoder.encode(secret, UTF_8).replace("+", "%20");
    Set<String> texts = new LinkedHashSet<>();
    texts.add(secret);
    texts.add(url);
    texts.add(ESCAPE.matcher(url).replaceAll(SecretForms::lowerCase));
    texts.add(secret.replace("/", "\\/"));
    return texts;
  }

  private static String lowerCase(MatchResult escape) {
    return escape.group().toLowerCase(Locale.ROOT);
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
      add(encoded, false);
      add(encoded.replace('+', '-').replace('/', '_'), false);
    }
  }

  private void add(String form, boolean anyCase) {
    if (form.length() >= SecretPattern.MIN_LENGTH) {
      patterns.putIfAbsent(form, new SecretPattern(form, anyCase));
    }
  }
}
