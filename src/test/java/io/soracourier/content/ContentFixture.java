package io.soracourier.content;

import io.quarkus.runtime.configuration.MemorySize;
import io.soracourier.http.Addresses;
import io.soracourier.http.NameResolver;
import io.soracourier.http.Proxies;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.sora.AddressPolicy;
import io.soracourier.sora.Authentications;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.Errors;
import io.soracourier.sora.SoraAuthentication;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.VideoApis;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client of content, put together by hand, before a simulator of its own. */
public final class ContentFixture implements AutoCloseable {
  private static final Vertx VERTX = Vertx.vertx();

  public final SoraSimulator simulator;
  public final Endpoint endpoint;
  final SoraErrors errors = Errors.of(Clock.systemUTC());
  final ContentClient client;

  public ContentFixture() {
    this(SoraSimulator.start(), Duration.ofSeconds(20));
  }

  ContentFixture(Duration stallTimeout) {
    this(SoraSimulator.start(), stallTimeout);
  }

  ContentFixture(SoraSimulator simulator, Duration stallTimeout) {
    this.simulator = simulator;
    this.endpoint = Endpoint.parse(simulator.endpoint().toString());
    this.client = client(Authentications.withKey(endpoint, simulator.apiKey()), stallTimeout);
  }

  ContentClient client(SoraAuthentication authentication, Duration stallTimeout) {
    return new ContentClient(
        endpoint,
        authentication,
        errors,
        new Config(stallTimeout),
        VERTX,
        Proxies.none(),
        addresses(Addresses::of));
  }

  public ContentResolver resolver() {
    return new ContentResolver(
        new Probe(client, errors, Clock.systemUTC()), client, endpoint, errors);
  }

  /** An address that the courier itself made. */
  static Candidate own(URI uri) {
    return Candidate.own(VideoApis.SORA_1, uri);
  }

  /** A client that may go to further hosts and looks names up as told. */
  ContentClient client(List<String> allowedHosts, NameResolver resolver) {
    return new ContentClient(
        endpoint,
        Authentications.withKey(endpoint, simulator.apiKey()),
        errors,
        new Config(Duration.ofSeconds(20), 3, allowedHosts),
        VERTX,
        Proxies.none(),
        addresses(resolver));
  }

  private AddressPolicy addresses(NameResolver resolver) {
    return new AddressPolicy(endpoint, Proxies.none(), Optional.empty(), resolver);
  }

  public URI content(SimulatedJob job) {
    return simulator.uri(
        "/openai/v1" + Route.GET_CONTENT.path(job.generationId()) + "?api-version=preview");
  }

  VideoStream open(SimulatedJob job) {
    URI uri = content(job);
    return new VideoStream(client, errors, own(uri), client.get(own(uri), Map.of()));
  }

  @Override
  public void close() {
    client.close();
    simulator.close();
  }

  /** The defaults, but for the time. */
  public record Config(Duration stallTimeout, int maxRedirects, List<String> allowedHosts)
      implements ContentConfig {
    public Config(Duration stallTimeout) {
      this(stallTimeout, 3);
    }

    Config(Duration stallTimeout, int maxRedirects) {
      this(stallTimeout, maxRedirects, List.of("*.blob.core.windows.net"));
    }

    @Override
    public Duration grace() {
      return Duration.ofMinutes(10);
    }

    @Override
    public MemorySize maxSize() {
      return new MemorySize(BigInteger.valueOf(1L << 32));
    }
  }
}
