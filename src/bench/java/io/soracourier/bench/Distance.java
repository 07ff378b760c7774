package io.soracourier.bench;

import java.time.Duration;

/** How far away the services are from those who copy. */
enum Distance {
  HERE("", Duration.ZERO, false, 0),
  /** As networks are: TCP begins with little, and sends more as acknowledgements come. */
  FAR(", 20 ms away", Duration.ofMillis(20), true, 0),
  /** Time alone: as much is sent at once as there is. */
  FAR_AND_WIDE(", 20 ms away, without slow start", Duration.ofMillis(20), false, 0),
  /** A line that takes longer for the bytes than for the way, as from a home or an office. */
  SLOW(", 20 ms away at 100 Mbit/s", Duration.ofMillis(20), true, 100_000_000 / 8);

  private final String words;
  private final Duration roundTrip;
  private final boolean slowStart;
  private final long bytesPerSecond;

  Distance(String words, Duration roundTrip, boolean slowStart, long bytesPerSecond) {
    this.words = words;
    this.roundTrip = roundTrip;
    this.slowStart = slowStart;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** To follow the size of a video. */
  String words() {
    return words;
  }

  /** From a request to its response, of servers that take no time. */
  Duration roundTrip() {
    return roundTrip;
  }

  /** Whether a connection's window is that of TCP. */
  boolean hasSlowStart() {
    return slowStart;
  }

  /** In either direction, of all connections together; 0: as many as there are. */
  long bytesPerSecond() {
    return bytesPerSecond;
  }
}
