package io.soracourier.simulator;

/** A request is refused with an error. */
final class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ServiceError error;

  ServiceException(ServiceError error) {
    super(error.json(true));
    this.error = error;
  }

  ServiceError error() {
    return error;
  }
}
