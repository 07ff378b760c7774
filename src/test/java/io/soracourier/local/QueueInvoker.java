package io.soracourier.local;

import com.azure.core.util.BinaryData;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
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
    if (message.getDequeueCount() > options.maxDequeueCount()) {
      settle(attempt, message, new Lease(queue, message), "was received too often");
      return;
    }
    Lease lease = new Lease(queue, message);
    try (lease) {
      lease.renewEvery(host.renewal(), host.leaseTime(), host.timer());
      HandlerAnswer answer = attempt.send(payload(message));
      host.outputs().write(function, answer);
      lease.delete();
      host.record(
          attempt.record(message.getMessageId(), message.getDequeueCount(), Outcome.SUCCEEDED, ""));
    } catch (FailedInvocationException e) {
      if (host.isStopped()) {
        abandoned(attempt, message);
      } else {
        settle(attempt, message, lease, e.getMessage());
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

  private void abandoned(Dispatcher.Attempt attempt, QueueMessageItem message) {
    host.record(
        attempt.record(
            message.getMessageId(),
            message.getDequeueCount(),
            Outcome.ABANDONED,
            "the host was stopped"));
  }

  private void settle(
      Dispatcher.Attempt attempt, QueueMessageItem message, Lease lease, String detail) {
    boolean last = message.getDequeueCount() >= options.maxDequeueCount();
    if (attempt.hung()) {
      // The real host would hold the message for hours; the lease is given up, and the record says
      // what is wrong.
      lease.close();
    } else if (last) {
      sendToPoison(message.getBody());
      lease.delete();
    } else {
      lease.release(options.visibilityTimeout());
    }
    Outcome outcome = attempt.hung() ? Outcome.HUNG : last ? Outcome.POISONED : Outcome.FAILED;
    host.record(attempt.record(message.getMessageId(), message.getDequeueCount(), outcome, detail));
  }

  private void sendToPoison(BinaryData body) {
    poison.createIfNotExists();
    poison.sendMessage(body);
  }

  private Payload payload(QueueMessageItem message) throws FailedInvocationException {
    byte[] body = decoded(message.getBody().toBytes());
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

  private byte[] decoded(byte[] body) throws FailedInvocationException {
    if (!options.base64()) {
      return body;
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new FailedInvocationException(
          "the message is not Base64, which messageEncoding in host.json asks for", e);
    }
  }

  static ObjectNode systemData(FunctionDefinition function, Clock clock) {
    return Payload.JSON
        .createObjectNode()
        .put("MethodName", function.name())
        .put("UtcNow", clock.instant().toString())
        .put("RandGuid", UUID.randomUUID().toString());
  }

  /** Whether the service says that the message is no longer ours: deleted, or received anew. */
  static boolean isLost(QueueStorageException e) {
    return e.getStatusCode() == 404 || e.getStatusCode() == 400;
  }
}
