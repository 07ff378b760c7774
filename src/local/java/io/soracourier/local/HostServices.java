package io.soracourier.local;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the parts of one running host share.
 *
 * @param leaseTime for how long a received message is invisible
 * @param renewal how often that time is extended
 */
record HostServices(
    Worker worker,
    Dispatcher dispatcher,
    Connections connections,
    Outputs outputs,
    Journal<Invocation> invocations,
    PayloadShape shape,
    Duration leaseTime,
    Duration renewal,
    ScheduledExecutorService timer,
    Clock clock) {

  boolean isStopped() {
    return worker.isStopped();
  }

  void record(Invocation invocation) {
    invocations.add(invocation);
  }
}
