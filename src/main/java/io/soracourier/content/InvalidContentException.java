package io.soracourier.content;

/** What came as content is not a whole MP4. The message says why, from its bytes. */
public class InvalidContentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidContentException(String message) {
    super(message);
  }
}
