/**
 * The calls below {@code /api}: REST resources, to which the host forwards, the problems that they
 * return, and the console, whose page, script and style are in {@code src/main/resources/console}.
 * It may use function, harvest, records, diagnosis, sora, storage, http, lifecycle and text. Begin
 * with {@link JobsResource}.
 */
@NullMarked
package io.soracourier.api;

import org.jspecify.annotations.NullMarked;
