/**
 * The use case: one look, its outcomes, when to look again, the copy. It may use content, url,
 * video, sora, storage, lifecycle, setting and text. Begin with {@link Courier}.
 */
@NullMarked
package io.soracourier.courier;

import org.jspecify.annotations.NullMarked;
