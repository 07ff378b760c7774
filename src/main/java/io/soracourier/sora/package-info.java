/**
 * The shapes of the video API: ids, addresses, how a job is read; one class that reads errors, and
 * one that decides which addresses are connected to. It may use http, identity, setting and text.
 * Begin with {@link SoraClient}.
 */
@NullMarked
package io.soracourier.sora;

import org.jspecify.annotations.NullMarked;
