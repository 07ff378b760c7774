package io.soracourier.sora;

import io.soracourier.http.AddressScope;
import io.soracourier.http.Addresses;
import io.soracourier.http.ForbiddenAddressException;
import io.soracourier.http.HttpRequests;
import io.soracourier.http.NameResolver;
import io.soracourier.http.Proxies;
import io.soracourier.setting.InvalidSettingException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are connected to; for jobs and for content. The endpoint's own origin may be
 * inside a private network or on this machine: somebody has put it into a setting. What a URL from
 * a response points to may be there only if the endpoint is, too. Nothing is ever requested from
 * addresses that are no server's: link-local ones with the cloud's metadata service, the platform's
 * own, and from where the platform hands out tokens.
 */
public final class AddressPolicy {
  private static final InetAddress[] LEFT_TO_THE_PROXY = {};

  private final Endpoint endpoint;
  private final Proxies proxies;
  private final Optional<URI> identity;
  private final NameResolver resolver;

  /**
   * @param identity where tokens of the managed identity are handed out
   */
  public AddressPolicy(
      Endpoint endpoint, Proxies proxies, Optional<URI> identity, NameResolver resolver) {
    this.endpoint = endpoint;
    this.proxies = proxies;
    this.identity = identity;
    this.resolver = resolver;
  }

  /**
   * Checks what is known of the endpoint's address without a look-up; the rest is checked before
   * each request, because names may lead elsewhere by then.
   *
   * @throws InvalidSettingException when it is never connected to
   */
  static void checkSetting(Endpoint endpoint, Optional<URI> identity) {
    try {
      new AddressPolicy(endpoint, Proxies.none(), identity, Addresses::withoutLookUp)
          .check(endpoint.base());
    } catch (ForbiddenAddressException e) {
      throw new InvalidSettingException(
          Endpoint.SETTING,
          "is an address that nothing is requested from: %s%s"
              .formatted(e.getMessage(), PastedAddress.WHAT_TO_PUT));
    } catch (UnknownHostException name) {
      // Not an address.
    }
  }

  /**
   * The addresses to connect to, in the order in which they are tried; at least one, unless a proxy
   * connects: that knows names which cannot be resolved here.
   *
   * @param uri absolute, http or https
   * @throws ForbiddenAddressException when the policy forbids one of them
   * @throws UnknownHostException when the host has no address
   */
  public InetAddress[] check(URI uri) throws UnknownHostException, ForbiddenAddressException {
    if (identity.filter(at -> isNamedLike(at, uri)).isPresent()) {
      throw new ForbiddenAddressException("its host and port are the managed identity endpoint's");
    }
    InetAddress[] addresses = isLeftToTheProxy(uri) ? LEFT_TO_THE_PROXY : resolve(uri);
    for (InetAddress address : addresses) {
      String why = whyNot(uri, address);
      if (why != null) {
        throw new ForbiddenAddressException(why);
      }
    }
    return addresses;
  }

  /** Null where it may be connected to. */
  private @Nullable String whyNot(URI uri, InetAddress address) throws UnknownHostException {
    AddressScope scope = AddressScope.of(address);
    if (address.isAnyLocalAddress()) {
      return "its address %s is where a server listens, not where it is reached"
          .formatted(address.getHostAddress());
    }
    if (scope == AddressScope.SPECIAL) {
      return "its address %s is link-local, reserved or the cloud's own"
          .formatted(address.getHostAddress());
    }
    if (isIdentityEndpoint(uri, address)) {
      return "its address and port are the managed identity endpoint's";
    }
    boolean own = endpoint.isOriginOf(uri);
    boolean plainAllowed = own && endpoint.isPlainElsewhere();
    if (uri.getScheme().equalsIgnoreCase("http")
        && !plainAllowed
        && scope != AddressScope.LOOPBACK) {
      return "only https is followed";
    }
    return own || mayPointTo(scope) ? null : "its host has an address inside a private network";
  }

  private boolean mayPointTo(AddressScope scope) throws UnknownHostException {
    return switch (scope) {
      case PUBLIC -> true;
      case PRIVATE -> isEndpointPrivate();
      case LOOPBACK -> endpoint.isLoopback();
      case SPECIAL -> false;
    };
  }

  private boolean isEndpointPrivate() throws UnknownHostException {
    InetAddress[] addresses = resolve(endpoint.base());
    return addresses.length > 0 && AddressScope.of(addresses[0]) == AddressScope.PRIVATE;
  }

  /** Whether it is the endpoint's name, which need not mean anything on this side of the proxy. */
  private boolean isLeftToTheProxy(URI uri) {
    return endpoint.isOriginOf(uri)
        && proxies.forUri(uri).isPresent()
        && Addresses.literal(uri.getHost()).isEmpty();
  }

  private InetAddress[] resolve(URI uri) throws UnknownHostException {
    try {
      return resolver.resolve(unbracketed(uri.getHost().toLowerCase(Locale.ROOT)));
    } catch (UnknownHostException e) {
      if (proxies.forUri(uri).isPresent()) {
        return LEFT_TO_THE_PROXY;
      }
      throw e;
    }
  }

  private static boolean isNamedLike(URI identity, URI uri) {
    return identity.getHost().equalsIgnoreCase(uri.getHost())
        && HttpRequests.port(identity) == HttpRequests.port(uri);
  }

  private boolean isIdentityEndpoint(URI uri, InetAddress address) {
    return identity
        .filter(at -> HttpRequests.port(at) == HttpRequests.port(uri))
        .filter(at -> isAt(at, address))
        .isPresent();
  }

  /** Each address of this machine leads to a server that listens on all of them. */
  private boolean isAt(URI identity, InetAddress address) {
    try {
      for (InetAddress its : resolve(identity)) {
        if (its.equals(address) || its.isLoopbackAddress() && address.isLoopbackAddress()) {
          return true;
        }
      }
      return false;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
