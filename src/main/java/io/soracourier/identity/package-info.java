/**
 * Tokens of the managed identity. It may use http, setting and text. Begin with {@link
 * ManagedIdentities}.
 */
@NullMarked
package io.soracourier.identity;

import org.jspecify.annotations.NullMarked;
