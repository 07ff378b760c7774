package io.soracourier.azure;

import java.util.function.Supplier;

/**
 * Requests for something in a container, a queue or a table: where that is missing it is created,
 * and the request is sent once more.
 */
public final class CreatedIfMissing {
  private CreatedIfMissing() {}

  /**
   * @param kind as storage's error codes begin, e.g. {@code Container}
   * @param create creates it; where another one was first, that is as good
   */
  public static <T> T send(String kind, Supplier<T> request, Runnable create) {
    try {
      return request.get();
    } catch (AzureStorageException e) {
      if (!e.errorCode().equals(kind + "NotFound")) {
        throw e;
      }
    }
    try {
      create.run();
    } catch (AzureStorageException e) {
      if (!e.errorCode().equals(kind + "AlreadyExists")) {
        throw e;
      }
    }
    return request.get();
  }

  public static void run(String kind, Runnable request, Runnable create) {
    send(
        kind,
        () -> {
          request.run();
          return null;
        },
        create);
  }
}
