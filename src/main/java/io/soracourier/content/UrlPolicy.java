package io.soracourier.content;

import io.soracourier.http.ForbiddenAddressException;
import io.soracourier.sora.AddressPolicy;
import io.soracourier.sora.Endpoint;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Which URLs are followed. The endpoint's own origin is fine by its name. Any other URL came from a
 * response, and the author of that must not be able to make the courier read from the inside of a
 * network: https only, hosts that are allowed by name, and no address that is only reachable from
 * here, looked up once and then connected to as looked up, see {@link AddressPolicy}.
 */
final class UrlPolicy {
  private static final int LAST_PORT = 65_535;

  private final Endpoint endpoint;
  private final AllowedHosts allowedHosts;
  private final AddressPolicy addresses;

  UrlPolicy(Endpoint endpoint, List<String> allowedHosts, AddressPolicy addresses) {
    this.endpoint = endpoint;
    this.allowedHosts = AllowedHosts.of(allowedHosts);
    this.addresses = addresses;
  }

  /**
   * The addresses to connect to, as {@link AddressPolicy#check} has them.
   *
   * @throws RefusedUrlException when the URL is not to be followed
   * @throws ForbiddenAddressException when the endpoint's own name leads to where nothing is
   *     requested from: that is no property of the URL, and may pass
   * @throws UnknownHostException when its host has no address
   */
  InetAddress[] check(URI uri) throws UnknownHostException, ForbiddenAddressException {
    if (uri.getHost() == null || uri.getScheme() == null) {
      throw new RefusedUrlException(uri, "it is not an absolute URL");
    }
    if (uri.getRawUserInfo() != null) {
      throw new RefusedUrlException(uri, "it carries a user name");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw new RefusedUrlException(uri, "there is no such port");
    }
    boolean own = endpoint.isOriginOf(uri);
    if (!own) {
      checkName(uri);
    }
    try {
      return addresses.check(uri);
    } catch (ForbiddenAddressException e) {
      if (own) {
        throw e;
      }
      throw new RefusedUrlException(uri, e.getMessage());
    }
  }

  private void checkName(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean plainHere =
        scheme.equals("http")
            && endpoint.isLoopback()
            && endpoint.base().getScheme().equals("http");
    if (!scheme.equals("https") && !plainHere) {
      throw new RefusedUrlException(uri, "only https is followed");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (!host.equals(endpoint.base().getHost()) && !allowedHosts.contains(host)) {
      throw new RefusedUrlException(
          uri, "its host is neither the endpoint's nor in courier.content.allowed-hosts");
    }
  }
}
