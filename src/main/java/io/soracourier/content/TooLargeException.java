package io.soracourier.content;

/** The video is larger than {@code courier.content.max-size}. */
public class TooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TooLargeException(String message) {
    super(message);
  }
}
