package io.soracourier.courier;

/** This is not the time for a copy: no slot became free, or the process is ending. */
class PutOffException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PutOffException(String message) {
    super(message);
  }
}
