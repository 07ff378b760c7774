package io.soracourier.http;

import java.net.Inet6Address;
import java.net.InetAddress;

/** From where an address can be reached. */
public enum AddressScope {
  /** From anywhere. */
  PUBLIC,
  /** From inside a private network: RFC 1918, RFC 4193, RFC 6598. */
  PRIVATE,
  /** From this machine only. */
  LOOPBACK,
  /**
   * Link-local, with the cloud's metadata service, and where other clouds have it; no single host;
   * reserved; or a way around this check, because an IPv4 address is translated from it.
   */
  SPECIAL;

  /** The metadata services of other clouds that are not at link-local addresses. */
  private static final String ALIBABA_METADATA = "100.100.100.200";

  public static AddressScope of(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return LOOPBACK;
    }
    if (address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()) {
      return SPECIAL;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address ? ofIpv6(address, bytes) : ofIpv4(address, bytes);
  }

  private static AddressScope ofIpv4(InetAddress address, byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    boolean azureWireServer = first == 168 && second == 63 && third == 129;
    boolean protocolAssignments = first == 192 && second == 0 && third == 0;
    boolean benchmarks = first == 198 && (second & 0xfe) == 18;
    if (first == 0 || first >= 240 || azureWireServer || protocolAssignments || benchmarks) {
      return SPECIAL;
    }
    if (ALIBABA_METADATA.equals(address.getHostAddress())) {
      return SPECIAL;
    }
    boolean carrierGrade = first == 100 && (second & 0xc0) == 64;
    return address.isSiteLocalAddress() || carrierGrade ? PRIVATE : PUBLIC;
  }

  private static AddressScope ofIpv6(InetAddress address, byte[] bytes) {
    boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
    if (uniqueLocal) {
      boolean amazons = startsWith(bytes, 0xfd, 0x00, 0x0e, 0xc2);
      boolean googles = startsWith(bytes, 0xfd, 0x20, 0x00, 0xce);
      return amazons || googles ? SPECIAL : PRIVATE;
    }
    boolean ipv4Compatible = startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    boolean nat64 = startsWith(bytes, 0x00, 0x64, 0xff, 0x9b);
    boolean sixToFour = startsWith(bytes, 0x20, 0x02);
    boolean teredo = startsWith(bytes, 0x20, 0x01, 0x00, 0x00);
    return address.isSiteLocalAddress() || ipv4Compatible || nat64 || sixToFour || teredo
        ? SPECIAL
        : PUBLIC;
  }

  private static boolean startsWith(byte[] bytes, int... beginning) {
    for (int i = 0; i < beginning.length; i++) {
      if ((bytes[i] & 0xff) != beginning[i]) {
        return false;
      }
    }
    return true;
  }
}
