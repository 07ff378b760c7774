package io.soracourier.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Resolves names to all of their addresses. */
public final class Addresses {
  static final String LOCALHOST = "localhost";

  private Addresses() {}

  /**
   * The addresses of a host in the order of the system, at least one. {@code localhost} is both
   * loopback addresses, regardless of the system's hosts file (RFC 6761, section 6.3): servers
   * listen on either.
   *
   * @param host a name, or an address, which may be in brackets
   * @throws UnknownHostException when it has none
   */
  public static InetAddress[] of(String host) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    if (!host.equalsIgnoreCase(LOCALHOST)) {
      return addresses;
    }
    Set<InetAddress> all = new LinkedHashSet<>(Arrays.asList(addresses));
    all.add(InetAddress.getByName("127.0.0.1"));
    all.add(InetAddress.getByName("::1"));
    return all.toArray(InetAddress[]::new);
  }

  /** The same for a host that is an address, or {@code localhost}: nothing is looked up. */
  public static InetAddress[] withoutLookUp(String host) throws UnknownHostException {
    if (host.equalsIgnoreCase(LOCALHOST)) {
      return new InetAddress[] {
        InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1"),
      };
    }
    return new InetAddress[] {literal(host).orElseThrow(() -> new UnknownHostException(host))};
  }

  /** Whether a host is this very machine, by what is written: nothing is looked up. */
  public static boolean isLoopback(String host) {
    return host.equalsIgnoreCase(LOCALHOST)
        || literal(host).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /** The address that a host is written as, in brackets or not; empty where it is a name. */
  public static Optional<InetAddress> literal(String host) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }
}
