/**
 * What the server lists and nobody has enqueued: a run, and what runs leave to each other. It may
 * use courier, records, sora, storage, lifecycle and setting. Begin with {@link Harvest}.
 */
@NullMarked
package io.soracourier.harvest;

import org.jspecify.annotations.NullMarked;
