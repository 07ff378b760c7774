package io.soracourier.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Stands between a client and one storage service, passes everything on except where told to fail,
 * and keeps what was said, so that tests see what nobody else can: a message that is not visible on
 * its queue yet, a request that was tried again.
 */
public final class StorageProxy implements AutoCloseable {
  private final URI service;

  /** Hundreds of looks may end at once, and each connects. */
  private static final int BACKLOG = 1_024;

  private final HttpServer server;
  private final HttpClient client;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Seen> seen = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();

  /**
   * A request that arrived.
   *
   * @param query raw; empty when there is none
   * @param authorization null when there was none
   * @param body empty where it was not read or is longer than a queue message can be
   * @param status what the storage answered; 0 where it was not asked, or has not answered yet
   */
  public record Seen(
      Instant at,
      String method,
      String path,
      String query,
      String authorization,
      byte[] body,
      int status) {
    public boolean isPutBlock() {
      return query.matches("(.*&)?comp=block(&.*)?");
    }

    public boolean isPutBlob() {
      return method.equals("PUT") && path.matches("/[^/]+/[^/]+/.+") && !query.contains("comp=");
    }

    public boolean isPutBlockList() {
      return method.equals("PUT") && query.contains("comp=blocklist");
    }

    public boolean isGetProperties() {
      return method.equals("HEAD");
    }

    public boolean isPutMessage() {
      return method.equals("POST") && path.endsWith("/messages");
    }
  }

  /** What befalls the requests that fit, until it is used up or ended. */
  public static final class Rule {
    private final Predicate<Seen> requests;
    private final StorageFault fault;
    private int left;

    private Rule(Predicate<Seen> requests, StorageFault fault, int times) {
      this.requests = requests;
      this.fault = fault;
      this.left = times;
    }

    /** From now on nothing befalls them. */
    public synchronized void end() {
      left = 0;
    }

    private synchronized boolean applies(Seen request) {
      return left > 0 && requests.test(request) && left-- > 0;
    }
  }

  private StorageProxy(String serviceEndpoint, HttpClient client) {
    this.service = URI.create(serviceEndpoint);
    this.client = client;
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static StorageProxy before(String serviceEndpoint) {
    return new StorageProxy(serviceEndpoint, HttpClient.newHttpClient());
  }

  /** Before a service that speaks https with a certificate that this context trusts. */
  public static StorageProxy before(String serviceEndpoint, SSLContext trust) {
    return new StorageProxy(serviceEndpoint, HttpClient.newBuilder().sslContext(trust).build());
  }

  /** Where clients find it, with the path of the storage behind it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + service.getRawPath());
  }

  /** The next request of this kind fails like this; said twice, the next two do. */
  public void fail(Predicate<Seen> requests, StorageFault fault) {
    fail(1, requests, fault);
  }

  /** The same for so many requests. */
  public Rule fail(int times, Predicate<Seen> requests, StorageFault fault) {
    Rule rule = new Rule(requests, fault, times);
    synchronized (rules) {
      rules.add(rule);
    }
    return rule;
  }

  /** All requests of this kind fail like this until the rule is ended. */
  public Rule failAlways(Predicate<Seen> requests, StorageFault fault) {
    return fail(Integer.MAX_VALUE, requests, fault);
  }

  /** Forgets the rules and what was seen. */
  public void reset() {
    synchronized (rules) {
      rules.clear();
    }
    synchronized (seen) {
      seen.clear();
    }
  }

  /** Every request so far, in order of arrival. */
  public List<Seen> seen() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  public List<Seen> seen(Predicate<Seen> requests) {
    return seen().stream().filter(requests).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    StoragePassage passage = new StoragePassage(exchange, service, client, closed);
    if (exchange.getRequestMethod().equals("POST")) {
      // A queue message: rules may go by what it says.
      passage.body();
    }
    Entry entry = new Entry(passage.asSeen());
    passage.onChange(entry::update);
    try (exchange) {
      Optional<StorageFault> fault = fault(entry.latest);
      if (fault.isPresent()) {
        fault.get().strike(passage);
      } else {
        passage.answer(passage.forward());
      }
    } finally {
      entry.update(passage.asSeen());
    }
  }

  private Optional<StorageFault> fault(Seen request) {
    synchronized (rules) {
      for (Iterator<Rule> each = rules.iterator(); each.hasNext(); ) {
        Rule rule = each.next();
        if (rule.applies(request)) {
          return Optional.of(rule.fault);
        }
      }
      return Optional.empty();
    }
  }

  /** The place of a request in the record, to which its body and answer are added later. */
  private final class Entry {
    private Seen latest;

    Entry(Seen arrived) {
      latest = arrived;
      synchronized (seen) {
        seen.add(arrived);
      }
    }

    void update(Seen later) {
      synchronized (seen) {
        for (int i = seen.size() - 1; i >= 0; i--) {
          if (seen.get(i) == latest) {
            seen.set(i, later);
          }
        }
        latest = later;
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
