package io.soracourier.bench;

/**
 * What one copy took.
 *
 * @param seconds on the clock
 * @param processorSeconds of the process or processes that copied
 * @param peakBytes the most they were resident, together
 */
record Usage(double seconds, double processorSeconds, long peakBytes) {}
