package io.soracourier.faults;

import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.SimulatedJob;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** The ways in which videos are stored, with blocks of 1 MiB as a {@link FaultBench} is set. */
enum Storing {
  IN_BLOCKS(3_500_000) {
    @Override
    Predicate<Seen> bytesOf(SimulatedJob job) {
      return BlobRequests.blockOf(job);
    }

    @Override
    Predicate<Seen> makingOf(SimulatedJob job) {
      return BlobRequests.commitOf(job);
    }
  },
  IN_ONE_PIECE(2_000_000) {
    @Override
    Predicate<Seen> bytesOf(SimulatedJob job) {
      return BlobRequests.wholeOf(job);
    }

    @Override
    Predicate<Seen> makingOf(SimulatedJob job) {
      return BlobRequests.wholeOf(job);
    }
  };

  private static final AtomicLong SEEDS = new AtomicLong(2000);

  private final int size;

  Storing(int size) {
    this.size = size;
  }

  /** One that is stored in this way, and no other like it. */
  Mp4 video() {
    return Mp4.ofSize(size, SEEDS.getAndIncrement());
  }

  /** The requests that carry its bytes. */
  abstract Predicate<Seen> bytesOf(SimulatedJob job);

  /** The request that makes the blob. */
  abstract Predicate<Seen> makingOf(SimulatedJob job);
}
