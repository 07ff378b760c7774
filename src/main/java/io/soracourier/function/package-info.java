/**
 * The functions: annotated methods, the messages they receive and return. It may use handler,
 * courier, harvest, pictures, records, sora, storage and text. Begin with {@link CopyVideo}.
 */
@NullMarked
package io.soracourier.function;

import org.jspecify.annotations.NullMarked;
