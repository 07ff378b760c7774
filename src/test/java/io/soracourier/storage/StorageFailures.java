package io.soracourier.storage;

import io.soracourier.storage.StorageException.Kind;

/** What a store throws, for tests of those that use one. */
public final class StorageFailures {
  private StorageFailures() {}

  /** The store does not let the courier in. */
  public static StorageException denied() {
    return of(Kind.DENIED);
  }

  public static StorageException unavailable() {
    return of(Kind.TRANSIENT);
  }

  /** Something of another kind is stored in the video's place. */
  public static StorageException occupied() {
    return of(Kind.OCCUPIED);
  }

  /** Something else answers in the store's place. */
  public static StorageException foreign() {
    return of(Kind.FOREIGN);
  }

  private static StorageException of(Kind kind) {
    return new StorageException(kind, "Put Block videos/x failed: " + kind, null);
  }
}
