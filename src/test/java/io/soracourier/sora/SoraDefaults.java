package io.soracourier.sora;

import java.time.Duration;

/** What holds where nothing is set. */
public class SoraDefaults implements SoraConfig {
  @Override
  public String api() {
    return AUTO;
  }

  @Override
  public String keyHeader() {
    return AUTO;
  }

  @Override
  public boolean allowHttp() {
    return false;
  }

  @Override
  public boolean startCheck() {
    return true;
  }

  @Override
  public Duration connectTimeout() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Duration readTimeout() {
    return Duration.ofSeconds(30);
  }
}
