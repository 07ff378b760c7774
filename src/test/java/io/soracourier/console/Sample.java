package io.soracourier.console;

import io.soracourier.records.JobRecord;
import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.JobRecord.Copy;
import io.soracourier.records.JobRecord.Failure;
import io.soracourier.records.JobRecord.Service;
import io.soracourier.records.RecordState;
import io.soracourier.records.RecordedVideo;
import io.soracourier.records.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A record that nobody enqueued, in the making. */
record Sample(
    String id,
    RecordState state,
    Instant seen,
    Service service,
    int looks,
    Copy copy,
    List<RecordedVideo> videos,
    Failure failure,
    Trouble trouble) {
  Sample(String id, RecordState state, Instant seen, Service service, int looks) {
    this(id, state, seen, service, looks, null, List.of(), null, null);
  }

  Sample copy(Copy running) {
    return new Sample(id, state, seen, service, looks, running, videos, failure, trouble);
  }

  Sample video(RecordedVideo stored) {
    return new Sample(id, state, seen, service, looks, copy, List.of(stored), failure, trouble);
  }

  Sample failure(Failure why) {
    return new Sample(id, state, seen, service, looks, copy, videos, why, trouble);
  }

  Sample trouble(Trouble last) {
    return new Sample(id, state, seen, service, looks, copy, videos, failure, last);
  }

  /** As of a moment: where it is not over it was just written, and the next look is soon. */
  JobRecord record(Instant now) {
    Instant changed = state.isOver() ? seen.plusSeconds(60) : now.minusSeconds(2);
    String outcome =
        state == RecordState.FAILED
            ? "{\"status\":\"failed\",\"jobId\":\"%s\",\"reason\":\"%s\"}"
                .formatted(id, failure.reason())
            : "{\"status\":\"copied\",\"jobId\":\"%s\"}".formatted(id);
    return new JobRecord(
        id,
        state,
        1,
        new Chain(null, seen),
        seen,
        changed,
        service,
        looks,
        state == RecordState.WAITING ? now.plus(Duration.ofMinutes(4)) : null,
        copy,
        videos,
        failure,
        trouble,
        "\"order-%d\"".formatted(looks),
        List.of(),
        state.isOver() ? List.of(outcome) : List.of());
  }
}
