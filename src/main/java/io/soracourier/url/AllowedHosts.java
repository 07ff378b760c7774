package io.soracourier.url;

import io.soracourier.setting.InvalidSettingException;
import io.soracourier.text.Excerpt;
import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of {@code courier.content.allowed-hosts}: exact names or addresses, or {@code *.suffix}
 * for all names below one. An entry that can never match is refused, since the video that it was
 * meant for would be lost.
 */
public final class AllowedHosts {
  static final String SETTING = "courier.content.allowed-hosts";
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");
  private static final String ANY_BELOW = "*.";

  private final List<String> entries;

  private AllowedHosts(List<String> entries) {
    this.entries = entries;
  }

  /**
   * @throws InvalidSettingException when an entry can never match; the message contains which, and
   *     why
   */
  public static AllowedHosts of(List<String> entries) {
    return new AllowedHosts(
        entries.stream()
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .map(AllowedHosts::entry)
            .toList());
  }

  boolean contains(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return entries.stream()
        .anyMatch(
            entry ->
                entry.startsWith(ANY_BELOW)
                    ? name.endsWith(entry.substring(1)) && name.length() > entry.length() - 1
                    : name.equals(entry));
  }

  private static String entry(String text) {
    String why = whyNever(text);
    if (why != null) {
      throw new InvalidSettingException(
          SETTING, "has the entry '%s', which can never match: %s".formatted(printable(text), why));
    }
    return ascii(text);
  }

  /** Null where it can. */
  private static @Nullable String whyNever(String text) {
    if (text.contains("://") || text.contains("/")) {
      return "it is a URL; put its host alone, cdn.example.com";
    }
    if (text.matches(".*[;\\s|].*")) {
      return "it is more than one host; separate them by commas";
    }
    if (text.matches(".*[^:\\]]:\\d*") || text.matches(".*]:\\d*")) {
      return "it has a port; put the host alone, any port of it is allowed";
    }
    if (text.equals("*") || text.equals("*.") || text.equals("*.*")) {
      return "all hosts cannot be allowed; name each, or *.example.com for all below one";
    }
    String name = text.startsWith(ANY_BELOW) ? text.substring(ANY_BELOW.length()) : text;
    if (name.contains("*")) {
      return "a * is allowed only at its beginning and before a dot, *.example.com";
    }
    if (name.startsWith(".")) {
      return "put * before the dot, *%s".formatted(printable(name));
    }
    String ascii = ascii(name);
    if (!NAME.matcher(ascii).matches() && !IPV6.matcher(ascii).matches()) {
      return "it is no host's name";
    }
    return null;
  }

  private static String ascii(String text) {
    String below = text.startsWith(ANY_BELOW) ? ANY_BELOW : "";
    String name = text.substring(below.length());
    try {
      return below + withoutDot(IDN.toASCII(name).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException notAName) {
      return text;
    }
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String printable(String text) {
    return Excerpt.of(text, 100);
  }
}
