package io.soracourier.harvest;

import io.soracourier.sora.ListedJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a list is in the order of its jobs' creation, newest first, as far as it was read. */
final class NewestFirst {
  private @Nullable Instant last;
  private boolean descends;
  private boolean ascends;

  void see(ListedJob job) {
    Instant created = job.times().created().orElse(null);
    if (created != null) {
      descends |= last != null && created.isBefore(last);
      ascends |= last != null && created.isAfter(last);
      last = created;
    }
  }

  boolean isKept() {
    return descends && !ascends;
  }
}
