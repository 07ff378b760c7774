package io.soracourier.url;

import io.soracourier.http.AddressScope;
import io.soracourier.http.Addresses;
import io.soracourier.http.ForbiddenAddressException;
import io.soracourier.sora.AddressPolicy;
import io.soracourier.sora.Endpoint;
import io.soracourier.text.Excerpt;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Which URLs are followed. The endpoint's own origin is fine by its name. Any other URL came from a
 * response, and the author of that must not be able to make the courier read from the inside of a
 * network: https only, hosts that are allowed by name, and no address that is only reachable from
 * here, looked up once and then connected to as looked up, see {@link AddressPolicy}. A redirect
 * from the documented address of the content is the endpoint's own word, and needs no name on a
 * list: nobody can know the hosts of a provider's signed URLs beforehand.
 */
public final class UrlPolicy {
  private static final int LAST_PORT = 65_535;
  private static final int MAX_HOST = 200;

  /** By what the host of a URL is judged. */
  public enum Hosts {
    /** By its name: the endpoint's, or one of the setting. */
    ALLOWED,
    /** By its address alone, which must be known here. */
    ANY
  }

  private final Endpoint endpoint;
  private final AllowedHosts allowedHosts;
  private final AddressPolicy addresses;

  public UrlPolicy(Endpoint endpoint, List<String> allowedHosts, AddressPolicy addresses) {
    this.endpoint = endpoint;
    this.allowedHosts = AllowedHosts.of(allowedHosts);
    this.addresses = addresses;
  }

  /**
   * The addresses to connect to, as {@link AddressPolicy#check} has them.
   *
   * @throws RefusedUrlException when the URL must not be followed
   * @throws ForbiddenAddressException when the endpoint's own name leads to where nothing is
   *     requested from: that is no property of the URL, and may pass
   * @throws UnknownHostException when its host has no address
   */
  public InetAddress[] check(URI uri, Hosts hosts)
      throws UnknownHostException, ForbiddenAddressException {
    if (uri.getScheme() == null) {
      throw RefusedUrlException.forNow(uri, "it is not an absolute URL");
    }
    boolean own = endpoint.isOriginOf(uri);
    if (!own) {
      checkScheme(uri);
    }
    if (uri.getHost() == null) {
      // Java's TLS takes such a name for invalid, too.
      throw RefusedUrlException.forGood(
          uri,
          uri.getRawAuthority() == null
              ? "it has no host"
              : "its host is not a valid name, of letters, digits, '-' and '.' only");
    }
    if (uri.getRawUserInfo() != null) {
      throw RefusedUrlException.forGood(uri, "it carries a user name");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw RefusedUrlException.forGood(uri, "there is no such port");
    }
    if (!own && hosts == Hosts.ALLOWED && !isAllowed(uri)) {
      throw RefusedUrlException.forGood(
          uri, "its host is neither the endpoint's nor in " + setting(uri));
    }
    try {
      InetAddress[] checked = addresses.check(uri);
      if (checked.length == 0 && !own && !isAllowed(uri)) {
        throw RefusedUrlException.forNow(
            uri,
            "only the proxy knows the address of its host, which is neither the endpoint's nor in "
                + setting(uri));
      }
      return checked;
    } catch (ForbiddenAddressException e) {
      if (own) {
        throw e;
      }
      throw isWithoutLookUp(uri.getHost())
          ? RefusedUrlException.forGood(uri, e.getMessage())
          : RefusedUrlException.forNow(uri, e.getMessage());
    }
  }

  /**
   * Whether an address that is refused is refused for good. A name may lead elsewhere later, and so
   * may the endpoint's own, by which an address in a private network is judged.
   */
  private static boolean isWithoutLookUp(String host) {
    return Addresses.isLoopback(host)
        || Addresses.literal(host)
            .filter(address -> AddressScope.of(address) != AddressScope.PRIVATE)
            .isPresent();
  }

  private void checkScheme(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean plainHere = endpoint.isLoopback() && endpoint.base().getScheme().equals("http");
    if (!scheme.equals("https") && !(plainHere && scheme.equals("http"))) {
      throw RefusedUrlException.forGood(
          uri, plainHere ? "only http and https are followed" : "only https is followed");
    }
  }

  private boolean isAllowed(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.equals(endpoint.base().getHost()) || allowedHosts.contains(host);
  }

  private static String setting(URI uri) {
    return "%s; if you trust it, add %s there (%s)"
        .formatted(
            AllowedHosts.SETTING,
            Excerpt.of(uri.getHost(), MAX_HOST),
            "COURIER_CONTENT_ALLOWED_HOSTS");
  }
}
