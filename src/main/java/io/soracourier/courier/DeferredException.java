package io.soracourier.courier;

/** This is not the time for a copy: the process is ending. */
class DeferredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeferredException(String message) {
    super(message);
  }
}
