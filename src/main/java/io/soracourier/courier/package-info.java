/**
 * The use case: one look (one status poll of a job), its outcomes, when the next look is, the copy.
 * It may use content, url, video, sora, storage, lifecycle, setting and text. Begin with {@link
 * Courier}.
 */
@NullMarked
package io.soracourier.courier;

import org.jspecify.annotations.NullMarked;
