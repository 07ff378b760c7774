package io.soracourier.bench;

import io.soracourier.local.StorageAccount;
import io.soracourier.local.ThrowAwayCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** How service and storage are reached: over a distance, with TLS at its other end or without. */
final class Passage implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final Distance distance;
  private final ThrowAwayCertificate certificate;
  private final SSLContext tls;
  private final List<Relay> relays = new ArrayList<>();
  private final Map<Integer, Integer> ports = new HashMap<>();

  private Passage(Distance distance, ThrowAwayCertificate certificate) {
    this.distance = distance;
    this.certificate = certificate;
    try {
      this.tls = certificate == null ? null : certificate.context();
    } catch (IOException | GeneralSecurityException e) {
      throw new BenchException("cannot use a certificate", e);
    }
  }

  /** Directly, without TLS. */
  static Passage direct() {
    return over(Distance.HERE, null);
  }

  /**
   * @param certificate of the servers; null: no TLS
   */
  static Passage over(Distance distance, ThrowAwayCertificate certificate) {
    return new Passage(distance, certificate);
  }

  /** The same address, reached by this. */
  String to(String url) {
    URI uri = URI.create(url);
    String authority = uri.getHost() + ":" + uri.getPort();
    String other = uri.getHost() + ":" + ports.computeIfAbsent(uri.getPort(), this::port);
    String scheme = tls == null ? uri.getScheme() : "https";
    return url.replaceFirst(uri.getScheme() + "://" + authority, scheme + "://" + other);
  }

  StorageAccount to(StorageAccount account) {
    return account
        .at(to(account.blobEndpoint()), to(account.queueEndpoint()))
        .withTablesAt(to(account.tableEndpoint()));
  }

  private int port(int target) {
    int port = tls == null ? target : keep(front(target)).port();
    return distance == Distance.HERE ? port : keep(Relay.over(distance, port)).port();
  }

  private Relay keep(Relay relay) {
    relays.add(relay);
    return relay;
  }

  private Relay front(int target) {
    try {
      return new Relay(
          tls.getServerSocketFactory()
              .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()),
          target,
          (from, to, accepted, fromClient) -> from.transferTo(to));
    } catch (IOException e) {
      throw new BenchException("cannot listen", e);
    }
  }

  /** Options of the courier's virtual machine. */
  List<String> machineOptions() {
    return certificate == null ? List.of() : List.of(certificate.machineOptions());
  }

  /** The certificate as others read it; null without TLS. */
  Path trusted() {
    return certificate == null ? null : certificate.file().resolveSibling("server.pem");
  }

  @Override
  public void close() {
    relays.forEach(Relay::close);
  }
}
