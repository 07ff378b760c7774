package io.soracourier.courier;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When jobs are checked, and how many videos are copied concurrently. */
@ConfigMapping(prefix = "courier")
public interface CourierConfig {
  /** The time from one look at a job to the next. */
  LookDelays look();

  /**
   * How long a job may be unknown to the service, or succeeded without {@code generations}, from
   * the first look in a row that found it so; and that for three looks at least.
   */
  @WithDefault("60s")
  Duration grace();

  /**
   * How long after the first look a job is given up, when neither it nor its id shows when it
   * expires.
   */
  @WithDefault("24h")
  Duration deadline();

  /** How a video is copied. */
  Copy copy();

  /** The time from one look at a job to the next. */
  interface LookDelays {
    /** The shortest; later looks are further apart. */
    @WithDefault("5s")
    Duration firstDelay();

    /** The longest, unless the service requests more with {@code Retry-After}. */
    @WithDefault("60s")
    Duration maxDelay();

    /** A look that takes longer, because a copy is slow, is ended, and its job is put back. */
    @WithDefault("35m")
    Duration timeLimit();
  }

  /** How a video is copied. */
  interface Copy {
    /**
     * Bytes a block. Each copy keeps up to three blocks in memory. A little less than a power of
     * two, so that a block and its array's header fill whole regions of the heap: one of 4 MiB
     * would take five of the collector's regions of 1 MiB.
     */
    @WithDefault("4095K")
    MemorySize blockSize();

    /** Concurrent copies in one process. */
    @WithDefault("8")
    int concurrency();
  }
}
