/**
 * The thumbnail and the spritesheet beside a video that was stored. It may use content, sora,
 * storage, lifecycle and setting. Begin with {@link Pictures}.
 */
@NullMarked
package io.soracourier.pictures;

import org.jspecify.annotations.NullMarked;
