package io.soracourier.sora;

import io.soracourier.setting.InvalidSettingException;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an address as people paste it. Query and fragment are dropped unread: they may have
 * placeholders or a key in them. No message repeats any of it.
 */
final class PastedAddress {
  static final String WHAT_TO_PUT =
      "; put the address of the server there as its clients have it, https://{host}/v1, or of an"
          + " Azure OpenAI resource, https://{resource}.openai.azure.com";

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int LAST_PORT = 65_535;

  /** What comes along from a document, a chat or a file of settings. */
  private static final Pattern AROUND =
      Pattern.compile(
          "^[\\s\\p{Cc}\\p{Cf}\\p{Z}\"'`<]+|(?:[\\s\\p{Cc}\\p{Cf}\\p{Z}\"'`>,;]|%(?:20|09|0[aAdD]))+$");

  private static final Pattern URL =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*)://([^/?#\\\\]*)([^?#]*)(?:[?#].*)?", Pattern.DOTALL);

  private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:]+)(?::(\\d{0,5}))?");

  /** What some resolvers take for an IPv4 address, and no person writes. */
  private static final Pattern NUMBER = Pattern.compile("\\d+|0x\\p{XDigit}*");

  private PastedAddress() {}

  /**
   * @throws InvalidSettingException when it is no address of a server
   */
  static Endpoint read(String text) {
    Matcher url = URL.matcher(AROUND.matcher(text).replaceAll(""));
    if (!url.matches()) {
      throw refused("does not begin with https:// and a host");
    }
    String scheme = url.group(1).toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      throw refused("is not an https URL");
    }
    if (url.group(2).contains("@")) {
      throw new InvalidSettingException(
          Endpoint.SETTING,
          "must not carry a user name or password; put the key into AZURE_OPENAI_API_KEY");
    }
    if (url.group(2).contains("{")) {
      throw refused("has a placeholder in place of the host");
    }
    Matcher authority = AUTHORITY.matcher(url.group(2));
    if (!authority.matches()) {
      throw refused("is not an https URL");
    }
    String host = host(authority.group(1));
    URI origin = uri(scheme + "://" + host + port(authority.group(2)));
    if (origin.getHost() == null || NUMBER.matcher(host).matches()) {
      throw refused(
          "has a host that no URL can name, for example because of a space or an underscore in it:"
              + " use another name of the server, or its IP address");
    }
    return new Endpoint(uri(origin.toASCIIString() + BasePath.of(host, path(url.group(3)))));
  }

  private static String host(String pasted) {
    try {
      // A name may end with a dot, but certificates never name it so.
      return IDN.toASCII(pasted).toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    } catch (IllegalArgumentException notAName) {
      return pasted;
    }
  }

  private static String port(String pasted) {
    if (pasted == null || pasted.isEmpty()) {
      return "";
    }
    int port = Integer.parseInt(pasted);
    if (port == 0 || port > LAST_PORT) {
      throw refused("is not an https URL, because there is no such port");
    }
    return ":" + port;
  }

  private static String path(String pasted) {
    if (pasted.matches(".*/\\.{1,2}(/.*)?")) {
      throw refused("has . or .. in its path");
    }
    return pasted;
  }

  private static URI uri(String text) {
    try {
      return URI.create(new URI(text).toASCIIString());
    } catch (URISyntaxException e) {
      throw refused("is not a URL, because of a character such as a space or a brace in it");
    }
  }

  private static InvalidSettingException refused(String why) {
    return new InvalidSettingException(Endpoint.SETTING, why + WHAT_TO_PUT);
  }
}
