package io.soracourier.local;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import java.time.OffsetDateTime;

/**
 * An account of a running Azurite.
 *
 * @param key Base64 of 64 bytes
 * @param blobEndpoint {@code http://127.0.0.1:10000/account}, without a trailing slash
 * @param queueEndpoint the same for queues
 * @param tableEndpoint the same for tables
 */
public record StorageAccount(
    String name, String key, String blobEndpoint, String queueEndpoint, String tableEndpoint) {

  /** The same account, reached elsewhere. */
  public StorageAccount at(String otherBlobEndpoint, String otherQueueEndpoint) {
    return new StorageAccount(name, key, otherBlobEndpoint, otherQueueEndpoint, tableEndpoint);
  }

  /** The same account, its tables reached elsewhere. */
  public StorageAccount withTablesAt(String otherTableEndpoint) {
    return new StorageAccount(name, key, blobEndpoint, queueEndpoint, otherTableEndpoint);
  }

  /** All that a client needs, in the form that the Azure portal shows. */
  public String connectionString() {
    return "DefaultEndpointsProtocol=%s;AccountName=%s;AccountKey=%s;BlobEndpoint=%s;QueueEndpoint=%s;TableEndpoint=%s"
        .formatted(
            blobEndpoint.substring(0, blobEndpoint.indexOf(':')),
            name,
            key,
            blobEndpoint,
            queueEndpoint,
            tableEndpoint);
  }

  /** For an hour, for everything that a courier does with blobs, queues and tables. */
  public String sharedAccessSignature() {
    return new BlobServiceClientBuilder()
        .connectionString(connectionString())
        .serviceVersion(BlobServiceVersion.V2025_07_05)
        .buildClient()
        .generateAccountSas(
            new AccountSasSignatureValues(
                OffsetDateTime.now().plusHours(1),
                AccountSasPermission.parse("rwdlacup"),
                new AccountSasService()
                    .setBlobAccess(true)
                    .setQueueAccess(true)
                    .setTableAccess(true),
                AccountSasResourceType.parse("sco")));
  }
}
