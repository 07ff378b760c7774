package io.soracourier.harvest;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run has found and done.
 *
 * @param began when
 * @param took how long
 * @param requests of the server's list, without those that were repeated after a failure
 * @param listed how many jobs the server listed in what was read, each once
 * @param stored of them, have their videos stored
 * @param waiting are enqueued already
 * @param enqueued were enqueued by this run
 * @param ended have ended without a video
 * @param failed were not made by the server
 * @param skipped are left out by the filter, or have expired
 * @param left should have been enqueued, and were not: the next run does that
 * @param oldest when the oldest of those was created that are not stored
 * @param expires when the first of those that are finished and not stored expires
 * @param complete whether the list was read to its end, by this run and those before it
 * @param problem why it stopped early
 */
public record HarvestSummary(
    Instant began,
    Duration took,
    int requests,
    int listed,
    int stored,
    int waiting,
    int enqueued,
    int ended,
    int failed,
    int skipped,
    int left,
    @Nullable Instant oldest,
    @Nullable Instant expires,
    boolean complete,
    @Nullable String problem) {}
