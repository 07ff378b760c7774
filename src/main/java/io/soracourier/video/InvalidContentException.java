package io.soracourier.video;

import static java.util.Objects.requireNonNull;

import io.soracourier.sora.Attempt;
import java.util.List;

/**
 * The received content is not a whole MP4. The message has the reason, from its bytes; where there
 * are attempts, it names the one it is about.
 */
public class InvalidContentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Attempt> attempts;
  private final boolean lasting;

  public InvalidContentException(String message) {
    this(message, List.of(), false);
  }

  /**
   * @param lasting whether waiting changes nothing
   */
  public InvalidContentException(String message, List<Attempt> attempts, boolean lasting) {
    super(message);
    this.attempts = List.copyOf(attempts);
    this.lasting = lasting;
  }

  /** Each has one. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  /** Whether it is a whole video of another format, so that waiting changes nothing. */
  public boolean isLasting() {
    return lasting;
  }

  /** What was requested and received as well; empty when the bytes themselves are the evidence. */
  public List<Attempt> attempts() {
    return attempts;
  }
}
