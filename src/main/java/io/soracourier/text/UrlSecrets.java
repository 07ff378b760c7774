package io.soracourier.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What gives access in the URLs of a text: values of parameters, by their names, and passwords
 * before a host. Their number is bounded.
 */
final class UrlSecrets {
  /** More than any response has that is not made to have as many. */
  static final int MAX = 256;

  /** No credential in a URL or a header is longer: servers refuse such requests. */
  static final int MAX_LENGTH = 16 * 1024;

  private static final int MAX_NAME = 64;

  /** A URL in a parameter of a URL in a parameter. */
  private static final int MAX_DEPTH = 3;

  private static final Pattern WHOLE_NAME =
      Pattern.compile("(.*[-_.])?(key|code|pwd|hash|md5|sas)");
  private static final Pattern PART_OF_NAME =
      Pattern.compile(
          "sig|token|secret|passw|credential|hmac|jwt|auth|apikey|accesskey|session|hdnts|hdnea"
              + "|policy|ticket|assertion|cookie");

  private static final Pattern USER_INFO =
      Pattern.compile("://[^\\s/?#@\"'<>:]{0,200}+:([^\\s/?#@\"'<>]{1,1000}+)@");

  /** What may follow a URL in a sentence. */
  private static final String AFTER = ".,:!?)]}|";

  private final Set<String> found = new LinkedHashSet<>();
  private boolean tooMany;

  private UrlSecrets() {}

  /** Those of a text in which URLs may be escaped for JSON, HTML or another URL. */
  static UrlSecrets in(String text) {
    UrlSecrets secrets = new UrlSecrets();
    String unescaped = Unescaped.of(text);
    for (int depth = 0; depth < MAX_DEPTH && !secrets.tooMany; depth++) {
      secrets.addParameters(unescaped);
      Matcher user = USER_INFO.matcher(unescaped);
      while (!secrets.tooMany && user.find()) {
        secrets.add(decoded(user.group(1)));
      }
      String inside = unescaped.indexOf('%') >= 0 ? Unescaped.ofPercent(unescaped) : unescaped;
      if (inside.equals(unescaped)) {
        break;
      }
      unescaped = inside;
    }
    return secrets;
  }

  /** Decoded, each once. */
  Set<String> found() {
    return found;
  }

  /** Whether there are more, or longer ones, than are found. */
  boolean areTooMany() {
    return tooMany;
  }

  private void addParameters(String text) {
    int equals = text.indexOf('=');
    while (equals >= 0 && !tooMany) {
      int begin = equals;
      while (begin > 0 && equals - begin < MAX_NAME && isOfName(text.charAt(begin - 1))) {
        begin--;
      }
      int end = equals + 1;
      if (begin > 0
          && "?&;#".indexOf(text.charAt(begin - 1)) >= 0
          && isSecret(text.substring(begin, equals))) {
        while (end < text.length() && !endsValue(text.charAt(end))) {
          end++;
        }
        int last = end;
        while (AFTER.indexOf(text.charAt(last - 1)) >= 0) {
          last--;
        }
        add(decoded(text.substring(equals + 1, end)));
        add(decoded(text.substring(equals + 1, last)));
      }
      equals = text.indexOf('=', end);
    }
  }

  /** Whether the value of such a parameter gives access. */
  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return PART_OF_NAME.matcher(lower).find() || WHOLE_NAME.matcher(lower).matches();
  }

  private void add(String secret) {
    // A URL is not a secret; those in its own parameters are found in the next turn.
    if (secret.length() < SecretForms.MIN_LENGTH || secret.contains("://")) {
      return;
    }
    if (secret.length() > MAX_LENGTH || found.size() == MAX && !found.contains(secret)) {
      tooMany = true;
    } else {
      found.add(secret);
    }
  }

  private static boolean isOfName(char c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || "-_.~$[]".indexOf(c) >= 0;
  }

  private static boolean endsValue(char c) {
    return c <= ' ' || "\"'<>&#;\\`\u00A0".indexOf(c) >= 0;
  }

  static String decoded(String value) {
    try {
      // A signature in Base64 has plus signs and no spaces.
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }
}
