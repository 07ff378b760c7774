/**
 * What the use case sees of where videos are kept, jobs are queued and records are written:
 * interfaces, in its own words. It uses none of the others. Begin with {@link VideoStore}.
 */
@NullMarked
package io.soracourier.storage;

import org.jspecify.annotations.NullMarked;
