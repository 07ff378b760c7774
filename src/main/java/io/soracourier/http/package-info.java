/**
 * GET requests to servers that are not trusted to speak good HTTP; from where an address can be
 * reached; which requests of all clients go through a proxy. It may use setting and text. Begin
 * with {@link HttpGetClient}.
 */
@NullMarked
package io.soracourier.http;

import org.jspecify.annotations.NullMarked;
