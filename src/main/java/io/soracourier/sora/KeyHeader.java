package io.soracourier.sora;

import io.soracourier.setting.InvalidSettingException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a server wants its key, where it is not one of the usual ways.
 *
 * @param name of the header
 * @param prefix before the key, with a space at its end; or empty
 */
record KeyHeader(String name, String prefix) {
  static final String SETTING = "courier.sora.key-header";

  private static final Pattern FORM = Pattern.compile("([^:]*)(?::(.*))?", Pattern.DOTALL);

  /** What RFC 9110, 5.1 allows, without what a shell takes for its own in a copied command. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** One or more words of visible characters, as RFC 9110, 5.5 has them; the same exception. */
  private static final Pattern PREFIX = Pattern.compile("([!-~&&[^'\"`\\\\${}<>]]+( |$))*");

  /**
   * Those that the client sets, that say where a request ends, or that a proxy takes for itself.
   */
  private static final Pattern OF_THE_REQUEST =
      Pattern.compile(
          "host|connection|keep-alive|upgrade|te|trailer|transfer-encoding|expect|range|date"
              + "|max-forwards|http2-settings|(?:accept|content|if|proxy|sec)(?:-.*)?");

  /** What keys begin with, long words with a digit, which no name of a header has, and UUIDs. */
  private static final Pattern LIKE_A_KEY =
      Pattern.compile(
          "(?i)(?:.*[ :])?(?:sk|pk|rk|xai|tgp|gsk|eyj)[-_]?[a-z0-9]*[-_.][a-z0-9._-]{8,}.*"
              + "|.*(?<![a-z0-9])(?=[a-z]*\\d)[a-z0-9]{20}.*"
              + "|.*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}.*");

  /** A shorter key may be an ordinary word that is in the name of a header, too. */
  private static final int LONG = 8;

  private static final Set<String> AUTO = Set.of("", SoraConfig.AUTO);

  private static final String WHAT_TO_PUT =
      "; put the name of a header there, for example x-api-key, or a name and what is before the"
          + " key, for example Authorization: Bearer; the key itself goes into AZURE_OPENAI_API_KEY";

  /**
   * By the setting; empty where the endpoint decides.
   *
   * @param key where there is one: a setting that has it in it is refused
   * @throws InvalidSettingException when no server takes a key in such a header; the value is not
   *     repeated, because it may be the key
   */
  static Optional<KeyHeader> parse(String setting, Optional<String> key) {
    String text = setting.strip();
    if (AUTO.contains(text.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    if (key.filter(secret -> secret.length() >= LONG && text.contains(secret)).isPresent()
        || LIKE_A_KEY.matcher(text).matches()) {
      throw refused("looks like the key itself");
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches() || !NAME.matcher(form.group(1).strip()).matches()) {
      throw refused("does not begin with the name of a header");
    }
    String name = form.group(1).strip();
    if (OF_THE_REQUEST.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      throw refused(
          "is the name of a header that belongs to the request itself, such as Host or Range");
    }
    String prefix = form.group(2) == null ? "" : form.group(2).strip();
    if (!PREFIX.matcher(prefix).matches()) {
      throw refused("has a character behind the name that is not sent before a key");
    }
    return Optional.of(new KeyHeader(name, prefix.isEmpty() ? "" : prefix + " "));
  }

  /** The header with the key in it. */
  Map.Entry<String, String> with(String key) {
    return Map.entry(name, prefix + key);
  }

  private static InvalidSettingException refused(String why) {
    return new InvalidSettingException(SETTING, why + WHAT_TO_PUT);
  }
}
