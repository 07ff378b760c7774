package io.soracourier.local;

import java.io.IOException;

/** The operating system found no such program. */
public final class ProgramMissingException extends RuntimeException {
  ProgramMissingException(String program, IOException cause) {
    super("cannot start '" + program + "'", cause);
  }
}
