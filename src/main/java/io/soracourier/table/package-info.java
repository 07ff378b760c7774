/**
 * The records' rows: the few operations of Table storage. It may use azure, storage, http and
 * setting. Begin with {@link TableRows}.
 */
@NullMarked
package io.soracourier.table;

import org.jspecify.annotations.NullMarked;
