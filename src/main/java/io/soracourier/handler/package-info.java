/**
 * The custom handler protocol: invocation in, outputs out. It may use lifecycle and text. Begin
 * with {@link InvocationResource}.
 */
@NullMarked
package io.soracourier.handler;

import org.jspecify.annotations.NullMarked;
