package io.soracourier.courier;

/** This is not the time for a copy: no slot became free, or the process is ending. */
class DeferredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeferredException(String message) {
    super(message);
  }
}
