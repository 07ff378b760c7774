package io.soracourier.simulator;

import java.time.Instant;

/**
 * One video of a job.
 *
 * @param lastModified null for the time the job finished
 */
record Generation(String id, Content video, Content lowQuality, Instant lastModified) {

  Generation replaced(Content other, Instant at) {
    return new Generation(id, other, lowQuality, at);
  }
}
