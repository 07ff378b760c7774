package io.soracourier.storage;

/**
 * Which video is meant: one generation of one job.
 *
 * @param jobId visible ASCII
 * @param generationId visible ASCII; unique among all jobs, so that it alone names what is stored
 */
public record VideoRef(String jobId, String generationId) {}
