package io.soracourier.courier;

import io.quarkus.runtime.configuration.MemorySize;
import io.soracourier.content.ContentConfig;
import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.simulator.MutableClock;
import io.soracourier.sora.CircuitConfig;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.ServiceClock;
import io.soracourier.sora.VideoJobs;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** A courier put together by hand, by a clock that stands still until a test moves it. */
public final class WaitingCourier {
  static final Duration CONTENT_GRACE = Duration.ofMinutes(10);

  private static final Endpoint ENDPOINT =
      new Endpoint(URI.create("https://r.openai.azure.com/openai/v1"));

  private static final TimeLimits LIMITS = new TimeLimits();

  private WaitingCourier() {}

  static Courier of(
      VideoJobs jobs, VideoCopy copy, Configs config, MutableClock clock, RandomGenerator random) {
    return new Courier(
        jobs,
        delivery(copy, CONTENT_GRACE, clock),
        config,
        new Circuit(20, 0.75, Duration.ofSeconds(10)),
        new LookTime(LIMITS, config.timeLimit()),
        ENDPOINT,
        new ServiceClock(clock),
        random);
  }

  static GenerationDelivery delivery(VideoCopy copy, Duration grace, Clock clock) {
    return new GenerationDelivery(copy, ENDPOINT, new Content(grace), new ServiceClock(clock));
  }

  private record Circuit(int calls, double failureRatio, Duration delay) implements CircuitConfig {}

  record Content(Duration grace) implements ContentConfig {
    @Override
    public List<String> allowedHosts() {
      return List.of();
    }

    @Override
    public int maxRedirects() {
      return 3;
    }

    @Override
    public Duration stallTimeout() {
      return Duration.ofSeconds(20);
    }

    @Override
    public MemorySize maxSize() {
      return new MemorySize(BigInteger.ONE);
    }
  }
}
