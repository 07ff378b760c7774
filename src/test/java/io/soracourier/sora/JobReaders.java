package io.soracourier.sora;

import java.time.Clock;

/** A reader of jobs as the application has it, for tests of other packages. */
public final class JobReaders {
  private JobReaders() {}

  public static JobReader of(Endpoint endpoint, SoraErrors errors) {
    return new JobReader(endpoint, errors, new ServiceClock(Clock.systemUTC()));
  }
}
