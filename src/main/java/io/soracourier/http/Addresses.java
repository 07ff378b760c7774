package io.soracourier.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Resolves names to all of their addresses. */
public final class Addresses {
  private static final String LOCALHOST = "localhost";

  private Addresses() {}

  /**
   * The addresses of a host in the order of the system, at least one. {@code localhost} is both
   * loopback addresses, whatever the system's file of hosts says (RFC 6761, section 6.3): servers
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
}
