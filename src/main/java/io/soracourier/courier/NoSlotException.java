package io.soracourier.courier;

/** As many copies run as may at once, or the process is ending: this one is made later. */
class NoSlotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One line for the log. */
  static final String WHY = "waiting for a copy";

  /** The same at each try: what people read of a job that waits as before is not written again. */
  static final String SENTENCE =
      "waiting for a copy to end: as many as may at once are running (courier.copy.concurrency)";

  NoSlotException() {
    super(SENTENCE);
  }
}
