/**
 * URLs in responses: where they are found, what they mean, and which are followed. It may use
 * video, sora, http, setting and text. Begin with {@link UrlFinder}.
 */
@NullMarked
package io.soracourier.url;

import org.jspecify.annotations.NullMarked;
