package io.soracourier.courier;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a look made of a job or of one of its generations. */
sealed interface Decision {
  /** It is over. */
  record Done(Outcome outcome) implements Decision {
    @Override
    public Decision after(String sentence) {
      return outcome instanceof Outcome.Failed failed ? new Done(failed.after(sentence)) : this;
    }

    @Override
    public Decision about(String generationId) {
      return outcome instanceof Outcome.Failed failed ? new Done(failed.about(generationId)) : this;
    }
  }

  /**
   * It is not over.
   *
   * @param cause what it waits for
   * @param why one line for the log
   * @param message the same as a sentence for people
   * @param atLeast what the service requested
   * @param ifNoTimeIsLeft the outcome when there is no time for another look
   * @param misses the looks in a row, with this one, that did not find it; null after one that did
   */
  record Later(
      Waiting cause,
      String why,
      String message,
      Duration atLeast,
      Outcome.Failed ifNoTimeIsLeft,
      @Nullable Misses misses)
      implements Decision {
    @Override
    public Decision after(String sentence) {
      return new Later(
          cause,
          why,
          Outcome.Failed.after(sentence, message),
          atLeast,
          ifNoTimeIsLeft.after(sentence),
          misses);
    }

    @Override
    public Decision about(String generationId) {
      return new Later(cause, why, message, atLeast, ifNoTimeIsLeft.about(generationId), misses);
    }
  }

  /** The same, with a sentence of the job before that of the failure, if it is one. */
  Decision after(String sentence);

  /** A decision on the whole job, applied to one of its generations. */
  Decision about(String generationId);
}
