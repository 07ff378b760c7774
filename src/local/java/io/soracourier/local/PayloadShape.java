package io.soracourier.local;

/** The two forms of an invocation's body that have been reported. */
public enum PayloadShape {
  /** As the host's code writes it: most values are JSON text inside a JSON string. */
  OBSERVED,
  /** As the host's documentation shows it: every value is encoded once. */
  DOCUMENTED
}
