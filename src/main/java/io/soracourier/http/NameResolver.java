package io.soracourier.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks a name up, as {@link Addresses#of} does; a seam for tests. */
@FunctionalInterface
public interface NameResolver {
  /**
   * @param host a name, or an address without brackets
   * @return at least one address
   * @throws UnknownHostException when it has none
   */
  InetAddress[] resolve(String host) throws UnknownHostException;
}
