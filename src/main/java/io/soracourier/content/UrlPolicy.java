package io.soracourier.content;

import io.soracourier.http.Proxies;
import io.soracourier.sora.Endpoint;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Which URLs are followed. The endpoint's own origin is always fine. Any other URL came from an
 * answer, and the author of that must not be able to make the courier read from the inside of a
 * network: https only, hosts that are allowed by name, and no address that is only reachable from
 * here, looked up once and then connected to as looked up. An endpoint that is inside a private
 * network, or on this very machine, may point to others of its kind.
 */
final class UrlPolicy {
  /** Looks a name up; a seam for tests. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private static final int LAST_PORT = 65_535;

  private final Endpoint endpoint;
  private final AllowedHosts allowedHosts;
  private final Resolver resolver;
  private final Proxies proxies;

  UrlPolicy(Endpoint endpoint, List<String> allowedHosts, Resolver resolver, Proxies proxies) {
    this.endpoint = endpoint;
    this.allowedHosts = AllowedHosts.of(allowedHosts);
    this.resolver = resolver;
    this.proxies = proxies;
  }

  /**
   * The addresses to connect to, in the order in which they are tried; at least one, unless a proxy
   * connects: that knows names which cannot be resolved here.
   *
   * @throws RefusedUrlException when the URL is not to be followed
   * @throws UnknownHostException when its host has no address
   */
  InetAddress[] check(URI uri) throws UnknownHostException {
    if (uri.getHost() == null || uri.getScheme() == null) {
      throw new RefusedUrlException(uri, "it is not an absolute URL");
    }
    if (uri.getRawUserInfo() != null) {
      throw new RefusedUrlException(uri, "it carries a user name");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw new RefusedUrlException(uri, "there is no such port");
    }
    if (endpoint.isOriginOf(uri)) {
      return resolve(uri);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean plainHere = scheme.equals("http") && endpoint.isLoopback() && isPlain(endpoint.base());
    if (!scheme.equals("https") && !plainHere) {
      throw new RefusedUrlException(uri, "only https is followed");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (!host.equals(endpoint.base().getHost()) && !allowedHosts.contains(host)) {
      throw new RefusedUrlException(
          uri, "its host is neither the endpoint's nor in courier.content.allowed-hosts");
    }
    InetAddress[] addresses = resolve(uri);
    for (InetAddress address : addresses) {
      AddressScope reach = AddressScope.of(address);
      if (plainHere && reach != AddressScope.LOOPBACK) {
        throw new RefusedUrlException(uri, "only https is followed");
      }
      if (reach != AddressScope.PUBLIC
          && (reach == AddressScope.SPECIAL || reach != reachOfEndpoint())) {
        throw new RefusedUrlException(uri, "its host has an address inside a private network");
      }
    }
    return addresses;
  }

  private InetAddress[] resolve(URI uri) throws UnknownHostException {
    try {
      return resolver.resolve(unbracketed(uri.getHost().toLowerCase(Locale.ROOT)));
    } catch (UnknownHostException e) {
      if (proxies.forUri(uri).isPresent()) {
        return new InetAddress[0];
      }
      throw e;
    }
  }

  private AddressScope reachOfEndpoint() throws UnknownHostException {
    InetAddress[] addresses = resolve(endpoint.base());
    return addresses.length == 0 ? AddressScope.PUBLIC : AddressScope.of(addresses[0]);
  }

  private static boolean isPlain(URI uri) {
    return uri.getScheme().equals("http");
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
