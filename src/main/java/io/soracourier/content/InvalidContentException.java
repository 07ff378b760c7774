package io.soracourier.content;

import io.soracourier.sora.Attempt;
import java.util.List;

/** What came as content is not a whole MP4. The message says why, from its bytes. */
public class InvalidContentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Attempt> attempts;

  public InvalidContentException(String message) {
    this(message, List.of());
  }

  InvalidContentException(String message, List<Attempt> attempts) {
    super(message);
    this.attempts = List.copyOf(attempts);
  }

  /** What was requested and received as well; empty when the bytes themselves are the evidence. */
  public List<Attempt> attempts() {
    return attempts;
  }
}
