/**
 * The state of jobs, for people: what is recorded in which order, and how it is read. It may use
 * storage and lifecycle. Begin with {@link JobRecords}.
 */
@NullMarked
package io.soracourier.records;

import org.jspecify.annotations.NullMarked;
