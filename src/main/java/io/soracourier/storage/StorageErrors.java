package io.soracourier.storage;

import io.soracourier.storage.StorageException.Kind;

/**
 * What storage's errors mean. Most are identified by their status, some only by their code.
 *
 * <p>Source: "Common REST API error codes", "Blob service error codes" and "Queue service error
 * codes" in Microsoft's REST reference.
 */
final class StorageErrors {
  static final String LEFT_OVER_BLOCKS =
      "storage drops them a week after the last one came; to drop them now, upload any blob of that"
          + " name and delete it; then enqueue the job again";

  /**
   * @param advice what to do about it
   */
  record Meaning(Kind kind, String advice) {
    private Meaning(Kind kind) {
      this(kind, kind.advice());
    }
  }

  private StorageErrors() {}

  static Meaning of(int status, String errorCode) {
    return switch (errorCode) {
      case "Md5Mismatch" -> new Meaning(Kind.CORRUPT);
      case "ContainerBeingDeleted", "QueueBeingDeleted" -> new Meaning(Kind.TRANSIENT);
      // The only header of all our requests whose value a storage may not know.
      case "InvalidHeaderValue" ->
          new Meaning(
              Kind.DENIED,
              "the storage does not know API version "
                  + Authentication.SERVICE_VERSION
                  + ": use a newer Azurite, or an account that knows it");
      case "LeaseIdMissing" ->
          new Meaning(
              Kind.DENIED,
              "somebody holds a lease on that name: release or break it, or wait until it ends");
      case "BlockCountExceedsLimit" ->
          new Meaning(
              Kind.OCCUPIED,
              "as many uncommitted blocks as storage allows lie under that name; "
                  + LEFT_OVER_BLOCKS);
      case "BlobArchived", "BlobBeingRehydrated" ->
          new Meaning(
              Kind.OCCUPIED,
              "an archived blob cannot be read to compare it; it was kept; rehydrate it or move it"
                  + " away, then enqueue the job again");
      case "InvalidBlobType", "BlobUsesCustomerSpecifiedEncryption" -> new Meaning(Kind.OCCUPIED);
      default -> new Meaning(byStatus(status));
    };
  }

  private static Kind byStatus(int status) {
    return switch (status) {
      case 401, 403 -> Kind.DENIED;
      case 404 -> Kind.NOT_FOUND;
      case 409, 412 -> Kind.CONFLICT;
      case 413 -> Kind.TOO_LARGE;
      case 408, 429 -> Kind.TRANSIENT;
      default -> status >= 500 ? Kind.TRANSIENT : Kind.REJECTED;
    };
  }
}
