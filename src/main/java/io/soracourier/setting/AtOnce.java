package io.soracourier.setting;

/**
 * The maximum concurrency of one process, so that nothing in it makes an invocation wait for
 * another one. A test compares these numbers with {@code host.json} and {@code
 * quarkus.thread-pool.max-threads}.
 */
public final class AtOnce {
  /**
   * Invocations: {@code batchSize} and {@code newBatchThreshold} together. The host receives a
   * batch as long as no more than the threshold are in flight.
   */
  public static final int INVOCATIONS = 32 + 512;

  /** Calls over HTTP, and what runs by a timer. */
  public static final int CALLS = 56;

  /** All of them: threads, and connections to the video service. */
  public static final int ALL = INVOCATIONS + CALLS;

  private AtOnce() {}
}
