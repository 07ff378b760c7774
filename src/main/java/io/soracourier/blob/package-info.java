/**
 * The store: a video as a blob, uploaded in blocks; links to it; the few operations of Blob
 * storage. It may use azure, storage, http, setting and text. Begin with {@link VideoContainer}.
 */
@NullMarked
package io.soracourier.blob;

import org.jspecify.annotations.NullMarked;
