/**
 * The state and result of jobs, for people: what is recorded after what, and who reads it. It may
 * use storage and lifecycle. Begin with {@link JobRecords}.
 */
@NullMarked
package io.soracourier.records;

import org.jspecify.annotations.NullMarked;
