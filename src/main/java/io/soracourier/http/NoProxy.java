package io.soracourier.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.soracourier.setting.InvalidSettingException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hosts that are reached without a proxy, as curl, Go and .NET read {@code NO_PROXY}: entries
 * separated by commas or white space. {@code example.com}, {@code .example.com} and {@code
 * *.example.com} are that name and all below it, with a port ({@code example.com:8443}) on that
 * port only; {@code 10.1.2.3} and {@code 10.0.0.0/8} are addresses where a URL has one instead of a
 * name; {@code *} is everything. This machine is always among them.
 */
final class NoProxy {
  private final List<Predicate<InetSocketAddress>> entries;

  private NoProxy(List<Predicate<InetSocketAddress>> entries) {
    this.entries = entries;
  }

  /**
   * @throws InvalidSettingException when an entry is a network that cannot be
   */
  static NoProxy parse(String text) {
    return new NoProxy(
        Stream.concat(Stream.of(Addresses.LOCALHOST), Stream.of(text.split("[,\\s]+")))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> entry(entry.toLowerCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableList()));
  }

  /**
   * @param uri with a host
   */
  boolean contains(URI uri) {
    String name = uri.getHost().toLowerCase(Locale.ROOT);
    InetSocketAddress host = address(name, HttpRequests.port(uri));
    return Addresses.isLoopback(name) || entries.stream().anyMatch(entry -> entry.test(host));
  }

  private static Predicate<InetSocketAddress> entry(String entry) {
    if (entry.equals("*")) {
      return any -> true;
    }
    if (entry.contains("/")) {
      return network(entry);
    }
    int colon = entry.lastIndexOf(':');
    boolean withPort =
        colon > 0
            && entry.substring(colon + 1).matches("\\d{1,5}")
            && !NetUtil.isValidIpV6Address(entry);
    if (withPort) {
      int port = Integer.parseInt(entry.substring(colon + 1));
      Predicate<InetSocketAddress> host = host(entry.substring(0, colon));
      return address -> address.getPort() == port && host.test(address);
    }
    return host(entry);
  }

  private static Predicate<InetSocketAddress> host(String entry) {
    InetSocketAddress literal = address(entry, 0);
    if (!literal.isUnresolved()) {
      return address -> literal.getAddress().equals(address.getAddress());
    }
    String name = entry.replaceFirst("^\\*?\\.", "");
    return address ->
        address.isUnresolved()
            && (address.getHostString().equals(name)
                || address.getHostString().endsWith("." + name));
  }

  private static Predicate<InetSocketAddress> network(String entry) {
    try {
      String[] parts = entry.split("/", 2);
      IpSubnetFilterRule rule =
          new IpSubnetFilterRule(parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
      return address -> !address.isUnresolved() && rule.matches(address);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InvalidSettingException(
          Proxies.EXCEPTIONS,
          "has an entry with a slash that is not a network; put networks there as 10.0.0.0/8, and"
              + " hosts by their names, without a path");
    }
  }

  /** Resolved if it is an address, else not: nothing is looked up. */
  private static InetSocketAddress address(String host, int port) {
    return Addresses.literal(host)
        .map(literal -> new InetSocketAddress(literal, port))
        .orElseGet(() -> InetSocketAddress.createUnresolved(host.replaceFirst("\\.$", ""), port));
  }
}
