package io.soracourier.http;

import java.time.Duration;

/**
 * How long each part of a request may take.
 *
 * @param connect for a connection, to each address of the name
 * @param response from the request to the whole head of its response
 * @param stall for each piece of the body
 */
public record HttpTimeouts(Duration connect, Duration response, Duration stall) {}
