package io.soracourier.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an earlier attempt at a job ended: one for each time that it was enqueued again.
 *
 * @param number from 1
 * @param reason of the failure, or null where there was none
 */
public record PastAttempt(
    int number, RecordState state, @Nullable String reason, Instant changed) {}
