package io.soracourier.sora;

import java.time.Clock;

/** What reads errors in the application, for tests of other packages. */
public final class Errors {
  static final Endpoint AZURE = Endpoint.parse("https://r.openai.azure.com");

  private Errors() {}

  /** Of an Azure resource that is asked with a credential. */
  public static SoraErrors of(Clock clock) {
    return of(AZURE, clock, false);
  }

  static SoraErrors of(Endpoint endpoint, Clock clock, boolean anonymous) {
    return new SoraErrors(
        clock, new RefusalAdvice(endpoint.isOnAzure(), anonymous, new RecentJobs(clock)));
  }
}
