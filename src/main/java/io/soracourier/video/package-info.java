/**
 * What bytes are: checking an MP4, recognising everything else. It may use sora and text. Begin
 * with {@link Mp4Walk}.
 */
@NullMarked
package io.soracourier.video;

import org.jspecify.annotations.NullMarked;
