package io.soracourier.local;

import com.azure.core.util.BinaryData;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueErrorCode;
import com.azure.storage.queue.models.QueueStorageException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;

/** Writes what a handler answered to the queues that its function's output bindings name. */
final class Outputs {
  private final Connections connections;
  private final boolean base64;

  Outputs(Connections connections, boolean base64) {
    this.connections = connections;
    this.base64 = base64;
  }

  /**
   * @throws FailedInvocationException when one could not be written: then the function has failed,
   *     although others may have been written
   */
  void write(FunctionDefinition function, HandlerAnswer answer) throws FailedInvocationException {
    FailedInvocationException failure = null;
    for (Binding binding : function.outputs()) {
      try {
        JsonNode value = answer.valueFor(binding, function);
        if (binding.is("queue")) {
          send(binding, value);
        }
      } catch (FailedInvocationException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void send(Binding binding, JsonNode value) throws FailedInvocationException {
    QueueClient queue = connections.queue(binding);
    for (byte[] body : QueueMessages.of(value, binding.isBinary())) {
      BinaryData encoded = BinaryData.fromBytes(base64 ? Base64.getEncoder().encode(body) : body);
      try {
        try {
          queue.sendMessage(encoded);
        } catch (QueueStorageException e) {
          if (!QueueErrorCode.QUEUE_NOT_FOUND.equals(e.getErrorCode())) {
            throw e;
          }
          queue.createIfNotExists();
          queue.sendMessage(encoded);
        }
      } catch (QueueStorageException e) {
        throw new FailedInvocationException(
            "output binding '%s': the queue returned %d %s"
                .formatted(binding.name(), e.getStatusCode(), e.getErrorCode()),
            e);
      }
    }
  }
}
