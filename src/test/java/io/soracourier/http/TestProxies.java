package io.soracourier.http;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Makes {@link Proxies} for tests of other packages. */
public final class TestProxies {
  private TestProxies() {}

  public static Proxies with(String proxy, String exceptions) {
    return Proxies.from(
        new SmallRyeConfigBuilder()
            .withDefaultValues(Map.of(Proxies.SETTING, proxy, Proxies.EXCEPTIONS, exceptions))
            .build());
  }
}
