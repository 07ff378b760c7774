/**
 * The queue: the few operations of Queue storage. It may use azure, storage and http. Begin with
 * {@link MessageQueue}.
 */
@NullMarked
package io.soracourier.queue;

import org.jspecify.annotations.NullMarked;
