package io.soracourier.content;

import io.soracourier.sora.SoraException;

/**
 * A download was cut and cannot be resumed, because the service offers no ranges or its content has
 * changed: it has to start over.
 */
public class InterruptedDownloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SoraException cut;

  InterruptedDownloadException(SoraException cut) {
    super(cut.getMessage(), cut);
    this.cut = cut;
  }

  /** What cut it. */
  public SoraException cut() {
    return cut;
  }
}
