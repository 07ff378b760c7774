package io.soracourier.records;

import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.JobRecord.Copy;
import io.soracourier.records.JobRecord.Failure;
import io.soracourier.records.JobRecord.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to a job. */
public sealed interface News {
  /** The job's id. */
  String id();

  /** The message that it follows from. */
  Chain chain();

  /** The number of the look that it is about, from 1; 0 before the first. */
  int look();

  /** When it happened. */
  Instant at();

  /** It was put on the queue by a call. */
  record Enqueued(String id, Chain chain, Instant at, @Nullable String correlationId)
      implements News {
    @Override
    public int look() {
      return 0;
    }
  }

  /** A piece of a video has come. */
  record Copying(String id, Chain chain, int look, Instant at, Copy copy) implements News {}

  /**
   * A look has ended.
   *
   * @param nextLook null when the job is over
   * @param service null where there was no response of the video service
   * @param copied videos that are stored, as far as this look knows
   * @param failure of the job, or of the first of its videos that failed; null where none did
   * @param trouble what delayed or ended the job; null where nothing did
   * @param outcomes the messages that this look has put on the queue of outcomes
   */
  record Looked(
      String id,
      Chain chain,
      int look,
      Instant at,
      @Nullable Instant nextLook,
      @Nullable Service service,
      List<RecordedVideo> copied,
      @Nullable Failure failure,
      @Nullable Trouble trouble,
      @Nullable String correlationId,
      List<String> outcomes)
      implements News {
    /** Characters. */
    private static final int MAX_KEPT = 4_000;

    public Looked {
      copied = List.copyOf(copied);
      outcomes = List.copyOf(outcomes);
    }

    /** The same, with what an earlier look had found that was not recorded. */
    Looked plus(Looked earlier) {
      List<RecordedVideo> all = new ArrayList<>(earlier.copied);
      all.addAll(copied);
      List<String> messages = new ArrayList<>(earlier.outcomes);
      messages.addAll(outcomes);
      return new Looked(
          id,
          chain,
          look,
          at,
          nextLook,
          service == null ? earlier.service : service,
          all,
          earlier.failure == null ? failure : earlier.failure,
          trouble == null ? earlier.trouble : trouble,
          correlationId,
          messages);
    }

    /** The same without its outcomes where they are long, to be kept for later. */
    Looked withoutLongOutcomes() {
      boolean isLong = outcomes.stream().mapToInt(String::length).sum() > MAX_KEPT;
      return isLong
          ? new Looked(
              id,
              chain,
              look,
              at,
              nextLook,
              service,
              copied,
              failure,
              trouble,
              correlationId,
              List.of())
          : this;
    }

    boolean isLast() {
      return nextLook == null;
    }
  }
}
