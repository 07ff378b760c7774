package io.soracourier.azure;

import io.soracourier.http.HttpDate;
import java.time.Clock;

/** Adds the headers of every storage request, and the credential. */
public abstract class Authentication {
  /** The newest that Azurite 3.35.0 knows. */
  public static final String SERVICE_VERSION = "2025-11-05";

  static final String DATE = "x-ms-date";

  private final Clock clock;

  Authentication(Clock clock) {
    this.clock = clock;
  }

  /** Must be called when all else is on the request; may block. */
  public final void sign(RequestHead request) {
    request.header("x-ms-version", SERVICE_VERSION);
    request.header(DATE, HttpDate.of(clock.instant()));
    ClientRequestId.put(request);
    authenticate(request);
  }

  /** The same proof for Table storage, to which account keys sign other parts of a request. */
  public Authentication forTables() {
    return this;
  }

  abstract void authenticate(RequestHead request);

  /** The response was 401. */
  public void refused(RequestHead request) {}
}
