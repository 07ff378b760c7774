/**
 * Finding and fetching content: the addresses at which it may be, the result of each, and what
 * follows if none has it. It may use url, video, sora, http, identity, setting and text. Begin with
 * {@link ContentResolver}.
 */
@NullMarked
package io.soracourier.content;

import org.jspecify.annotations.NullMarked;
