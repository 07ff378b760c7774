package io.soracourier.courier;

import io.soracourier.courier.CopySlots.Turn;
import io.soracourier.lifecycle.TimeLimits.Limit;

/**
 * What one look may use.
 *
 * @param limit its time
 * @param turn its slot for copies
 */
record Means(Limit limit, Turn turn) {}
