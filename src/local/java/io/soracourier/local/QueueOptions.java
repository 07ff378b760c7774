package io.soracourier.local;

import java.time.Duration;

/**
 * {@code extensions.queues} of {@code host.json}.
 *
 * @param batchSize messages received at once, 1 to 32
 * @param newBatchThreshold more are received when no more than this many are in work
 * @param maxPollingInterval longest pause between two looks at an empty queue
 * @param visibilityTimeout how long a failed message stays invisible
 * @param maxDequeueCount a message that fails this often goes to the poison queue
 * @param base64 whether every message body of every queue is Base64
 */
record QueueOptions(
    int batchSize,
    int newBatchThreshold,
    Duration maxPollingInterval,
    Duration visibilityTimeout,
    int maxDequeueCount,
    boolean base64) {
  static final Duration MIN_POLLING_INTERVAL = Duration.ofMillis(100);
  private static final String SECTION = "extensions.queues.";

  static QueueOptions from(HostJson host, int processors) {
    int batchSize = host.number(SECTION + "batchSize", 16);
    String encoding = host.text(SECTION + "messageEncoding").orElse("base64");
    QueueOptions options =
        new QueueOptions(
            batchSize,
            host.number(SECTION + "newBatchThreshold", batchSize / 2 * processors),
            host.duration(SECTION + "maxPollingInterval", Duration.ofMinutes(1)),
            host.duration(SECTION + "visibilityTimeout", Duration.ZERO),
            host.number(SECTION + "maxDequeueCount", 5),
            encoding.equalsIgnoreCase("base64"));
    require(batchSize >= 1 && batchSize <= 32, "batchSize", "1 to 32");
    require(options.newBatchThreshold >= 0, "newBatchThreshold", "0 or more");
    require(options.maxDequeueCount >= 1, "maxDequeueCount", "1 or more");
    require(
        options.maxPollingInterval.compareTo(MIN_POLLING_INTERVAL) >= 0,
        "maxPollingInterval",
        "100 ms or more");
    require(
        options.base64 || encoding.equalsIgnoreCase("none"), "messageEncoding", "base64 or none");
    return options;
  }

  private static void require(boolean holds, String key, String range) {
    if (!holds) {
      throw new LocalStackException("host.json: " + SECTION + key + " must be " + range);
    }
  }
}
