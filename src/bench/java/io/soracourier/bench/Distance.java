package io.soracourier.bench;

import java.time.Duration;

/** How far away the services are from those who copy. */
enum Distance {
  HERE("", Duration.ZERO, false),
  /** As networks are: TCP begins with little, and sends more as acknowledgements come. */
  FAR(", 20 ms away", Duration.ofMillis(20), true),
  /** Time alone: as much is sent at once as there is. */
  FAR_AND_WIDE(", 20 ms away, without slow start", Duration.ofMillis(20), false);

  private final String words;
  private final Duration roundTrip;
  private final boolean slowStart;

  Distance(String words, Duration roundTrip, boolean slowStart) {
    this.words = words;
    this.roundTrip = roundTrip;
    this.slowStart = slowStart;
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
}
