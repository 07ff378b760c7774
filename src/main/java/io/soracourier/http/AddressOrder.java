package io.soracourier.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * With which address of a host a request begins: not with one that failed last, since that may
 * accept connections and never respond.
 */
final class AddressOrder {
  private final Map<String, InetAddress> first = new ConcurrentHashMap<>();

  /** The addresses in the order in which they are tried. */
  List<InetAddress> of(String host, InetAddress[] addresses) {
    List<InetAddress> order = new ArrayList<>(Arrays.asList(addresses));
    InetAddress preferred = first.get(host);
    if (order.remove(preferred)) {
      order.add(0, preferred);
    }
    return order;
  }

  /** The next request, such as a retry, begins with another one. */
  void failed(String host, InetAddress address, InetAddress[] addresses) {
    if (addresses.length > 1) {
      int next = (Arrays.asList(addresses).indexOf(address) + 1) % addresses.length;
      first.put(host, addresses[next]);
    }
  }
}
