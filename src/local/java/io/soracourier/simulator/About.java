package io.soracourier.simulator;

/** What a response of a server is about that has neither a job nor content. */
public enum About {
  /** No credential, or not its own. */
  DENIED,
  UNKNOWN_JOB,
  UNKNOWN_CONTENT(UNKNOWN_JOB),
  NOT_READY,
  FAILED_CONTENT(NOT_READY),
  /** Content that was there, or should be. */
  GONE(UNKNOWN_CONTENT),
  /** {@code variant} other than {@code video}, where the server knows that parameter. */
  OTHER_VARIANT,
  /** Any other path below the base. */
  NO_ROUTE,
  /** Content that is elsewhere. */
  NO_CONTENT_ROUTE(NO_ROUTE),
  /** Any path that is not below the base. */
  OUTSIDE(NO_ROUTE);

  private final About more;

  About() {
    this(null);
  }

  About(About more) {
    this.more = more;
  }

  /** What it is one of, where a profile does not name it. */
  About more() {
    if (more == null) {
      throw new IllegalStateException("A profile must say how its server answers " + this);
    }
    return more;
  }
}
