package io.soracourier.bench;

import io.soracourier.setting.AtOnce;

/**
 * How many instances the platform wants for a function that a queue triggers.
 *
 * <p>Source: azure-sdk-for-net, {@code QueueMetricsProvider} and {@code QueueTargetScaler} of
 * Microsoft.Azure.WebJobs.Extensions.Storage. It asks for the approximate count of messages, which
 * has the invisible ones in it, and peeks at one: where none is visible the length is 0. The target
 * is the length divided by {@code batchSize} + {@code newBatchThreshold}, rounded up. How often the
 * platform asks, and how soon it takes an instance away, is not published but for one bound: for
 * other triggers than HTTP it adds instances at most every 30 seconds.
 */
record QueueScaler(int concurrency, int mostInstances) {
  static final double EVERY_SECONDS = 30;

  /** As host.json and the template have it. */
  static final QueueScaler OURS = new QueueScaler(AtOnce.INVOCATIONS, 10);

  /**
   * @param messages visible or not
   */
  int target(int messages, boolean anyVisible) {
    return anyVisible ? Math.min((messages + concurrency - 1) / concurrency, mostInstances) : 0;
  }
}
