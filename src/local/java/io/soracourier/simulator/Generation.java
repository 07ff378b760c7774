package io.soracourier.simulator;

import java.util.Optional;

/**
 * One video of a job.
 *
 * @param validators empty for the time the job finished
 */
record Generation(String id, Content video, Content lowQuality, Optional<Validators> validators) {

  Generation replaced(Content other, Validators changed) {
    return new Generation(id, other, lowQuality, Optional.of(changed));
  }
}
