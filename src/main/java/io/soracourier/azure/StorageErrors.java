package io.soracourier.azure;

import io.soracourier.storage.StorageException.Kind;

/**
 * What storage's errors mean. Most are identified by their status, some only by their code.
 *
 * <p>Source: "Common REST API error codes", "Blob service error codes", "Queue service error codes"
 * and "Table service error codes" in Microsoft's REST reference.
 */
public final class StorageErrors {
  public static final String LEFT_OVER_BLOCKS =
      "storage drops them a week after the last one came; to drop them now, upload any blob of that"
          + " name and delete it; then enqueue the job again";

  /**
   * @param advice what to do about it
   */
  record Meaning(Kind kind, String advice) {
    Meaning(Kind kind) {
      this(kind, StorageErrors.advice(kind));
    }
  }

  private StorageErrors() {}

  static Meaning of(int status, String errorCode) {
    return switch (errorCode) {
      case "EntityTooLarge",
          "KeyValueTooLarge",
          "PropertyValueTooLarge",
          "RequestBodyTooLarge",
          "TooManyProperties" ->
          new Meaning(Kind.TOO_LARGE);
      case "Md5Mismatch" -> new Meaning(Kind.CORRUPT);
      case "ContainerBeingDeleted", "QueueBeingDeleted", "TableBeingDeleted" ->
          new Meaning(Kind.TRANSIENT);
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

  /** What to do where nothing more is known than the kind. */
  static String advice(Kind kind) {
    return switch (kind) {
      case TRANSIENT -> "try again later";
      case FOREIGN -> "is a proxy or a captive portal in between?";
      case DENIED ->
          "the identity needs the roles Storage Blob Data Contributor, Storage Queue Data"
              + " Contributor and Storage Table Data Contributor; a key or SAS in VideoStorage must be current and allow this; the"
              + " account's firewall must let the function app in";
      case NOT_FOUND -> "create it, or correct the setting that names it";
      case CONFLICT -> "the object's present state forbids it";
      case OCCUPIED -> "it was kept; move it away, then enqueue the job again";
      case TOO_LARGE -> "make it smaller";
      case CORRUPT -> "what arrived is not what was sent; send it again";
      case REJECTED -> "the storage does not accept such a request";
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
