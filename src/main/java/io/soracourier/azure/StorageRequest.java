package io.soracourier.azure;

import io.soracourier.http.Causes;
import io.soracourier.identity.IdentityException;
import java.util.Optional;
import java.util.function.Supplier;

/** What all single requests have in common: how they fail. */
public final class StorageRequest {
  private StorageRequest() {}

  /**
   * @param name operation and object, e.g. {@code Put Block videos/gen_1.mp4}
   * @throws AzureStorageException for every failure there is
   */
  public static <T> T send(String name, Supplier<T> request) {
    try {
      return request.get();
    } catch (StorageResponseException e) {
      throw AzureStorageException.refused(name, e);
    } catch (RuntimeException e) {
      Optional<IdentityException> identity = Causes.find(e, IdentityException.class);
      if (identity.isPresent()) {
        throw AzureStorageException.withoutToken(name, identity.get());
      }
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw AzureStorageException.withoutResponse(name, e);
    }
  }

  public static void run(String name, Runnable request) {
    send(
        name,
        () -> {
          request.run();
          return null;
        });
  }
}
