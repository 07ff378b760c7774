package io.soracourier.local;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes one received message through its function: invocation, outputs, and then deletes it, puts
 * it back, or moves it to the poison queue.
 */
final class QueueInvoker {
  /** What .NET takes for a message without an expiry. */
  private static final OffsetDateTime NEVER =
      OffsetDateTime.of(9999, 12, 31, 23, 59, 59, 0, ZoneOffset.UTC);

  private final FunctionDefinition function;
  private final HostServices host;
  private final QueueOptions options;
  private final QueueClient poison;

  QueueInvoker(FunctionDefinition function, HostServices host, QueueOptions options) {
    this.function = function;
    this.host = host;
    this.options = options;
    this.poison = host.connections().poisonQueue(function.trigger());
  }

  void process(QueueMessageItem message, QueueClient queue) {
    Dispatcher.Attempt attempt = host.dispatcher().attempt(function);
    try (Lease lease = new Lease(queue, message)) {
      Optional<byte[]> body = decoded(message.getBody().toBytes());
      if (message.getDequeueCount() > options.maxDequeueCount()) {
        poison(attempt, message, lease, "was received too often");
      } else if (body.isEmpty()) {
        poison(attempt, message, lease, "is not Base64, which messageEncoding asks for");
      } else {
        lease.renewEvery(host.renewal(), host.leaseTime(), host.timer());
        invoke(attempt, message, body.get(), lease);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abandoned(attempt, message);
    } catch (RuntimeException e) {
      if (!host.isStopped()) {
        throw e;
      }
      abandoned(attempt, message);
    }
  }

  private void invoke(
      Dispatcher.Attempt attempt, QueueMessageItem message, byte[] body, Lease lease)
      throws InterruptedException {
    try {
      HandlerAnswer answer = attempt.send(payload(message, body));
      host.outputs().write(function, answer);
      lease.delete();
      record(attempt, message, Outcome.SUCCEEDED, "");
    } catch (FailedInvocationException e) {
      if (host.isStopped()) {
        abandoned(attempt, message);
      } else if (attempt.hung()) {
        // The real host would hold the message for as long as functionTimeout; here its lease just
        // runs out, and the record says what is wrong.
        record(attempt, message, Outcome.HUNG, e.getMessage());
      } else if (message.getDequeueCount() >= options.maxDequeueCount()) {
        poison(attempt, message, lease, e.getMessage());
      } else {
        lease.release(options.visibilityTimeout());
        record(attempt, message, Outcome.FAILED, e.getMessage());
      }
    }
  }

  private void abandoned(Dispatcher.Attempt attempt, QueueMessageItem message) {
    record(attempt, message, Outcome.ABANDONED, "the host was stopped");
  }

  private void poison(
      Dispatcher.Attempt attempt, QueueMessageItem message, Lease lease, String detail) {
    poison.createIfNotExists();
    poison.sendMessage(message.getBody());
    lease.delete();
    record(attempt, message, Outcome.POISONED, detail);
  }

  private void record(
      Dispatcher.Attempt attempt, QueueMessageItem message, Outcome outcome, String detail) {
    host.record(attempt.record(message.getMessageId(), message.getDequeueCount(), outcome, detail));
  }

  private Payload payload(QueueMessageItem message, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    boolean binary = function.trigger().isBinary();
    Payload payload =
        new Payload(host.shape())
            .metadata("DequeueCount", message.getDequeueCount())
            .metadata(
                "ExpirationTime",
                message.getExpirationTime() == null ? NEVER : message.getExpirationTime())
            .metadata("Id", message.getMessageId())
            .metadata("InsertionTime", message.getInsertionTime())
            .metadata("NextVisibleTime", message.getTimeNextVisible())
            .metadata("PopReceipt", message.getPopReceipt())
            .metadata("QueueTrigger", text)
            .metadata("sys", systemData(function, host.clock()));
    if (!binary) {
      payload.metadataFrom(text);
    }
    return payload.data(function.trigger().name(), binary ? body : text);
  }

  private Optional<byte[]> decoded(byte[] body) {
    if (!options.base64()) {
      return Optional.of(body);
    }
    try {
      return Optional.of(Base64.getDecoder().decode(body));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  static ObjectNode systemData(FunctionDefinition function, Clock clock) {
    return Payload.JSON
        .createObjectNode()
        .put("MethodName", function.name())
        .put("UtcNow", clock.instant().toString())
        .put("RandGuid", UUID.randomUUID().toString());
  }
}
