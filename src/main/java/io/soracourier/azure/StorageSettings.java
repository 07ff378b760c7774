package io.soracourier.azure;

import io.soracourier.http.Addresses;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.setting.RawSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Where the storage is and how to get in, by the Functions host's own names: either a connection
 * string {@code VideoStorage}, or {@code VideoStorage__accountName} or the service URIs with a
 * managed identity.
 *
 * @param blobEndpoint without a trailing slash, e.g. {@code https://acct.blob.core.windows.net}
 * @param queueEndpoint the same for queues
 * @param tableEndpoint the same for tables; empty where no setting has it
 * @param container where the videos go
 */
public record StorageSettings(
    URI blobEndpoint,
    URI queueEndpoint,
    Optional<URI> tableEndpoint,
    StorageCredential credential,
    String container) {
  private static final String CONNECTION = "VideoStorage";
  static final String ACCOUNT_NAME = "VideoStorage__accountName";
  private static final String BLOB_SERVICE_URI = "VideoStorage__blobServiceUri";
  private static final String QUEUE_SERVICE_URI = "VideoStorage__queueServiceUri";
  private static final String TABLE_SERVICE_URI = "VideoStorage__tableServiceUri";
  private static final String CREDENTIAL = "VideoStorage__credential";
  private static final String CLIENT_ID = "VideoStorage__clientId";
  private static final String AZURE_CLIENT_ID = "AZURE_CLIENT_ID";
  private static final String CONTAINER = "VIDEO_CONTAINER";

  /** Each may be a reference to where its value is kept. */
  static final List<String> NAMES =
      List.of(
          CONNECTION,
          ACCOUNT_NAME,
          BLOB_SERVICE_URI,
          QUEUE_SERVICE_URI,
          TABLE_SERVICE_URI,
          CREDENTIAL,
          CLIENT_ID,
          AZURE_CLIENT_ID,
          CONTAINER);

  /**
   * @throws InvalidSettingException when a setting is missing, malformed, or contradicts another
   *     one
   */
  public static StorageSettings from(Config config) {
    // As it is, white space too: the host trims nothing.
    Optional<String> connection = RawSetting.of(config, CONNECTION).filter(text -> !text.isBlank());
    Optional<String> identityForm =
        Stream.of(
                ACCOUNT_NAME,
                BLOB_SERVICE_URI,
                QUEUE_SERVICE_URI,
                TABLE_SERVICE_URI,
                CREDENTIAL,
                CLIENT_ID)
            .filter(name -> RawSetting.trimmed(config, name).isPresent())
            .findFirst();
    if (connection.isPresent() && identityForm.isPresent()) {
      throw new InvalidSettingException(
          CONNECTION, "contradicts " + identityForm.get() + ": remove one of them");
    }
    if (connection.isPresent()) {
      ConnectionString parsed = ConnectionString.parse(connection.get());
      StorageCredential credential = parsed.credential();
      return new StorageSettings(
          parsed.blobEndpoint(),
          parsed.queueEndpoint(),
          parsed.tableEndpoint(),
          credential,
          container(config));
    }
    if (identityForm.isPresent()) {
      return withIdentity(config);
    }
    throw new InvalidSettingException(
        CONNECTION,
        "is missing: put a storage connection string there, or set VideoStorage__accountName to use"
            + " a managed identity");
  }

  private static StorageSettings withIdentity(Config config) {
    for (String name : List.of(ACCOUNT_NAME, CREDENTIAL, CLIENT_ID)) {
      if (RawSetting.of(config, name).filter(v -> !v.equals(v.strip())).isPresent()) {
        throw new InvalidSettingException(
            name,
            "has white space around it, which the Functions host does not take off: remove it");
      }
    }
    Optional<String> credential = RawSetting.trimmed(config, CREDENTIAL);
    if (credential.isPresent() && !credential.get().equalsIgnoreCase("managedidentity")) {
      throw new InvalidSettingException(
          CREDENTIAL, "is not known: put managedidentity there, or remove it");
    }
    // As the host does: only where it may look around does the environment name the identity.
    Optional<String> clientId =
        RawSetting.trimmed(config, CLIENT_ID)
            .or(
                () ->
                    credential.isPresent()
                        ? Optional.empty()
                        : RawSetting.trimmed(config, AZURE_CLIENT_ID));
    return new StorageSettings(
        serviceUri(config, BLOB_SERVICE_URI, "blob"),
        serviceUri(config, QUEUE_SERVICE_URI, "queue"),
        tableServiceUri(config),
        new StorageCredential.Token(clientId),
        container(config));
  }

  /** Installations from before there was a table have the address of the queues only. */
  private static Optional<URI> tableServiceUri(Config config) {
    boolean besideQueues =
        RawSetting.trimmed(config, TABLE_SERVICE_URI).isEmpty()
            && RawSetting.trimmed(config, QUEUE_SERVICE_URI).isPresent();
    return besideQueues
        ? TableHost.besideQueues(serviceUri(config, QUEUE_SERVICE_URI, "queue"))
        : Optional.of(serviceUri(config, TABLE_SERVICE_URI, "table"));
  }

  /** Whether blobs are on this machine, where nobody listens in. */
  public boolean blobsAreLocal() {
    return Addresses.isLoopback(blobEndpoint.getHost());
  }

  private static URI serviceUri(Config config, String name, String service) {
    Optional<String> given = RawSetting.trimmed(config, name);
    if (given.isEmpty()) {
      String account =
          RawSetting.trimmed(config, ACCOUNT_NAME)
              .orElseThrow(
                  () ->
                      new InvalidSettingException(
                          name,
                          "is missing: put https://ACCOUNT."
                              + service
                              + ".core.windows.net there, or set VideoStorage__accountName"));
      if (!account.matches("[a-z0-9]{3,24}")) {
        throw new InvalidSettingException(
            ACCOUNT_NAME, "is not an account's name: 3 to 24 lower-case letters and digits");
      }
      return URI.create("https://" + account + "." + service + ".core.windows.net");
    }
    URI uri = endpoint(name, "", given.get());
    if (!uri.getScheme().equals("https") && !Addresses.isLoopback(uri.getHost())) {
      throw new InvalidSettingException(name, "must begin with https://: a token is sent there");
    }
    return uri;
  }

  /**
   * @param part which part of the setting is meant, ending in "that", or empty for the whole
   */
  static URI endpoint(String setting, String part, String value) {
    try {
      URI uri = new URI(value.replaceAll("/+$", ""));
      boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getRawQuery() == null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // reported below, without quoting: people paste a SAS here
    }
    throw new InvalidSettingException(
        setting,
        (part
                + " is not an endpoint: put a URL like https://ACCOUNT.blob.core.windows.net there,"
                + " without a query or a SAS")
            .strip());
  }

  /** The service's rules for container names. */
  static String container(Config config) {
    String name = RawSetting.trimmed(config, CONTAINER).orElse("videos");
    boolean length = name.length() >= 3 && name.length() <= 63;
    if (!length || !name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new InvalidSettingException(
          CONTAINER,
          "is not a container's name: 3 to 63 lower-case letters, digits and single hyphens");
    }
    return name;
  }
}
