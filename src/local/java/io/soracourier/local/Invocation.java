package io.soracourier.local;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the host saw of one invocation.
 *
 * @param id the invocation id that the handler got in its header
 * @param function the function's name
 * @param messageId the queue's id of the message; null for an HTTP trigger
 * @param dequeueCount how often the message had been received, this time included; 0 for HTTP
 * @param sentAt when it was posted
 * @param duration from then to the end of the answer
 * @param status the response's HTTP status; 0 when there was no response
 * @param outcome what became of it
 * @param detail why it failed; empty when it did not
 * @param logs the lines of the answer's {@code Logs}
 * @param pid the handler's process
 */
public record Invocation(
    String id,
    String function,
    String messageId,
    long dequeueCount,
    Instant sentAt,
    Duration duration,
    int status,
    Outcome outcome,
    String detail,
    List<String> logs,
    long pid) {}
