package io.soracourier.handler;

/**
 * The host's request is not an invocation; the response is 400, so that the host keeps the message.
 */
class MalformedInvocationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedInvocationException(String message) {
    super(message);
  }
}
