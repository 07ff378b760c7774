package io.soracourier.azure;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.Guard;
import io.soracourier.identity.ManagedIdentities;
import io.soracourier.setting.Backoff;
import io.soracourier.setting.RetryGuard;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Retries within an invocation for a storage that fails. */
public final class StoragePolicies {
  /**
   * For single requests: with the defaults one is given up after four to eight seconds of waiting.
   * That is longer than a partition of the service needs to move, the usual cause of a 503, and
   * short enough to leave the rest to the queue. There is no circuit: each copy has its own blob,
   * and a storage that is down stops the host's receiving too.
   */
  public static final String REQUEST = "storage-request";

  private static final Duration MAX_TIME = Duration.ofMinutes(10);

  StoragePolicies() {}

  @Produces
  @Singleton
  @Identifier(REQUEST)
  Guard request(StorageConfig config) {
    return RetryGuard.of(
            config.retry().count(),
            MAX_TIME,
            StoragePolicies::isWorthIt,
            () -> {
              Backoff backoff = new Backoff(config.retry().delay());
              return failure -> backoff.nextMillis();
            })
        .build();
  }

  /** How long a single request may take, with its retries and a token for each, at worst. */
  public static Duration longest(StorageConfig config) {
    Duration attempt =
        config.connectTimeout().plus(config.readTimeout()).plus(ManagedIdentities.MAX_WAIT);
    Duration waits = config.retry().delay().multipliedBy((1L << config.retry().count()) - 1);
    Duration all = attempt.multipliedBy(config.retry().count() + 1L).plus(waits);
    Duration latest = MAX_TIME.plus(attempt);
    return all.compareTo(latest) < 0 ? all : latest;
  }

  private static boolean isWorthIt(Throwable failure) {
    return failure instanceof AzureStorageException azure && azure.isRetryable();
  }
}
