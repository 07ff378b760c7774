package io.soracourier.azure;

import java.util.Optional;

/** The credential for the storage. None of them shows its secret in {@code toString}. */
public sealed interface StorageCredential {
  /** An account key: every request is signed with it. */
  record SharedKey(String account, byte[] key) implements StorageCredential {
    @Override
    public String toString() {
      return "SharedKey[" + account + "]";
    }
  }

  /**
   * A shared access signature.
   *
   * @param query its parameters, percent-encoded, without a leading {@code ?}
   */
  record Sas(String query) implements StorageCredential {
    @Override
    public String toString() {
      return "Sas[…]";
    }
  }

  /**
   * Tokens of a managed identity.
   *
   * @param clientId of a user-assigned identity; empty: the system-assigned one
   */
  record Token(Optional<String> clientId) implements StorageCredential {}
}
