package io.soracourier.faults;

import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.simulator.SimulatedJob;
import java.util.function.Predicate;

/** Which requests to the blobs are about the video of a job. */
final class BlobRequests {
  private BlobRequests() {}

  static Predicate<Seen> of(SimulatedJob job) {
    return request -> request.path().endsWith("/" + job.generationId() + ".mp4");
  }

  static Predicate<Seen> blockOf(SimulatedJob job) {
    return of(job).and(Seen::isPutBlock);
  }

  static Predicate<Seen> wholeOf(SimulatedJob job) {
    return of(job).and(Seen::isPutBlob);
  }

  static Predicate<Seen> commitOf(SimulatedJob job) {
    return of(job).and(Seen::isPutBlockList);
  }

  static Predicate<Seen> questionFor(SimulatedJob job) {
    return of(job).and(Seen::isGetProperties);
  }
}
