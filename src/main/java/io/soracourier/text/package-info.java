/**
 * Bytes of a response as text, with the secrets in its URLs learned; excerpts of other people's
 * text, fit for a log and without secrets; the filter of the console. It uses none of the others.
 * Begin with {@link Excerpt}.
 */
@NullMarked
package io.soracourier.text;

import org.jspecify.annotations.NullMarked;
