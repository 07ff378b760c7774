package io.soracourier.blob;

import io.soracourier.azure.AccountName;
import io.soracourier.azure.AzureStorageException;
import io.soracourier.azure.StorageCredential;
import io.soracourier.azure.StorageSettings;
import io.soracourier.storage.VideoLinks.Use;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Signs links with what the storage is reached with, where that can sign. */
@ApplicationScoped
class LinkSigner {
  private static final String HTTPS = "https";

  private final StorageSettings settings;
  private final Optional<String> account;
  private final DelegationKeys keys;

  LinkSigner(StorageSettings settings, Config config, DelegationKeys keys) {
    this.settings = settings;
    this.account = AccountName.of(settings, config);
    this.keys = keys;
  }

  /** A signature, or a sentence on why there is no signature. */
  record Signed(@Nullable String query, @Nullable String obstacle) {
    /** Neither is for a log. */
    @Override
    public String toString() {
      return "Signed[…]";
    }
  }

  /** The account's name, where it is known. */
  Optional<String> account() {
    return account;
  }

  /** Why nothing can be signed at all, whichever video it is for. */
  Optional<String> obstacle() {
    if (settings.credential() instanceof StorageCredential.Sas) {
      return Optional.of(
          "A connection string with a shared access signature cannot sign links; use an account key"
              + " or a managed identity");
    }
    if (!settings.blobEndpoint().getScheme().equals(HTTPS) && !settings.blobsAreLocal()) {
      return Optional.of(
          "Links are read over https only, and the storage's address begins with http://; use one"
              + " that begins with https://");
    }
    return account.isPresent()
        ? Optional.empty()
        : Optional.of(
            "Links are signed with the storage account's name, which is not in"
                + " VideoStorage__blobServiceUri; set VideoStorage__accountName to it");
  }

  /** Only where there is no {@link #obstacle}. */
  Signed sign(String blob, Instant start, Instant expiry, Use use) {
    String protocols = settings.blobEndpoint().getScheme().equals(HTTPS) ? HTTPS : "https,http";
    BlobSas sas =
        new BlobSas(
            account.orElseThrow(),
            settings.container(),
            blob,
            start,
            expiry,
            protocols,
            VideoBlob.contentType(blob),
            use);
    if (settings.credential() instanceof StorageCredential.SharedKey key) {
      return new Signed(sas.signedWith(key), null);
    }
    try {
      return new Signed(sas.signedWith(keys.covering(start, expiry)), null);
    } catch (AzureStorageException e) {
      if (e.isForbidden()) {
        return new Signed(
            null,
            "The app's identity may not sign links; give it the role Storage Blob Delegator at the"
                + " storage account "
                + account.orElseThrow()
                + ", and wait some minutes");
      }
      throw e;
    }
  }
}
