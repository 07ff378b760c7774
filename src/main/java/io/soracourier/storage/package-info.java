/**
 * Interfaces of the use case for storing videos, queueing jobs and writing records, in its own
 * terms. It uses none of the others. Begin with {@link VideoStore}.
 */
@NullMarked
package io.soracourier.storage;

import org.jspecify.annotations.NullMarked;
