/**
 * Everything tried by hand, for one job, as a page or JSON. It may use content, url, sora, video,
 * storage and lifecycle. Begin with {@link Diagnostician}.
 */
@NullMarked
package io.soracourier.diagnosis;

import org.jspecify.annotations.NullMarked;
