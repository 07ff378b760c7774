/**
 * Jobs that the server lists and that were not enqueued: a run, and the state passed from run to
 * run. It may use courier, records, sora, storage, lifecycle and setting. Begin with {@link
 * Harvest}.
 */
@NullMarked
package io.soracourier.harvest;

import org.jspecify.annotations.NullMarked;
