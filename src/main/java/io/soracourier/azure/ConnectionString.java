package io.soracourier.azure;

import static io.soracourier.azure.ConnectionStringParts.ACCOUNT_KEY;
import static io.soracourier.azure.ConnectionStringParts.ACCOUNT_NAME;
import static io.soracourier.azure.ConnectionStringParts.PROTOCOL;
import static io.soracourier.azure.ConnectionStringParts.PROXY;
import static io.soracourier.azure.ConnectionStringParts.SAS;
import static io.soracourier.azure.ConnectionStringParts.SETTING;
import static io.soracourier.azure.ConnectionStringParts.SUFFIX;
import static io.soracourier.azure.ConnectionStringParts.USE_DEVELOPMENT_STORAGE;
import static io.soracourier.azure.ConnectionStringParts.malformed;
import static java.util.stream.Collectors.joining;

import io.soracourier.setting.InvalidSettingException;
import io.soracourier.text.Secrets;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A storage connection string: where the storage is, and the credential in it. */
final class ConnectionString {
  /** Of the emulator, the same everywhere, and published by Microsoft. */
  private static final String EMULATOR_ACCOUNT = "devstoreaccount1";

  private static final String EMULATOR_KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private final Map<String, String> values;

  private ConnectionString(Map<String, String> values) {
    this.values = values;
  }

  /**
   * @param text as it is set, nothing trimmed
   * @throws InvalidSettingException when the courier or the host cannot read it
   */
  static ConnectionString parse(String text) {
    return new ConnectionString(ConnectionStringParts.parse(text));
  }

  URI blobEndpoint() {
    return endpoint("Blob", 10000);
  }

  URI queueEndpoint() {
    return endpoint("Queue", 10001);
  }

  /** Empty where the parts have the address of queues, but not of tables. */
  Optional<URI> tableEndpoint() {
    return value("QueueEndpoint").isEmpty() || value("TableEndpoint").isPresent()
        ? Optional.of(endpoint("Table", 10002))
        : TableHost.besideQueues(queueEndpoint());
  }

  private URI endpoint(String service, int emulatorPort) {
    Optional<String> given = value(service + "Endpoint");
    if (given.isPresent()) {
      return StorageSettings.endpoint(SETTING, "has a " + service + "Endpoint that", given.get());
    }
    if (isEmulator()) {
      String host = value(PROXY).orElse("http://127.0.0.1");
      return StorageSettings.endpoint(
          SETTING,
          "has a DevelopmentStorageProxyUri that",
          host.replaceAll("/+$", "") + ":" + emulatorPort + "/" + EMULATOR_ACCOUNT);
    }
    String account =
        value(ACCOUNT_NAME)
            .orElseThrow(
                () -> malformed("has neither AccountName nor " + service + "Endpoint: add one"));
    String protocol = value(PROTOCOL).orElse("https").toLowerCase(Locale.ROOT);
    String suffix = value(SUFFIX).orElse("core.windows.net");
    return StorageSettings.endpoint(
        SETTING,
        "has a DefaultEndpointsProtocol, AccountName or EndpointSuffix that",
        protocol + "://" + account + "." + service.toLowerCase(Locale.ROOT) + "." + suffix);
  }

  StorageCredential credential() {
    Optional<String> key = value(ACCOUNT_KEY);
    Optional<String> sas = value(SAS);
    if (isEmulator()) {
      return sharedKey(EMULATOR_ACCOUNT, EMULATOR_KEY);
    }
    if (key.isPresent()) {
      String account =
          value(ACCOUNT_NAME)
              .orElseThrow(() -> malformed("has an AccountKey but no AccountName: add it"));
      return sharedKey(account, key.get());
    }
    return sas.map(ConnectionString::sas)
        .orElseThrow(
            () ->
                malformed(
                    "has neither AccountKey nor SharedAccessSignature: add one, or for a managed"
                        + " identity remove VideoStorage and set VideoStorage__accountName"));
  }

  private boolean isEmulator() {
    return values.containsKey(USE_DEVELOPMENT_STORAGE);
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static StorageCredential sharedKey(String account, String key) {
    try {
      byte[] bytes = Base64.getDecoder().decode(key);
      Secrets.register("account key", key);
      Secrets.register("account key, its bytes", bytes);
      return new StorageCredential.SharedKey(account, bytes);
    } catch (IllegalArgumentException e) {
      throw malformed("has an AccountKey that is not Base64: copy the whole key once more");
    }
  }

  /** Encodes each value again: it is pasted with and without percent-encoding. */
  private static StorageCredential sas(String pasted) {
    String query =
        Arrays.stream(pasted.replaceAll("^[?&]+", "").split("&"))
            .filter(parameter -> !parameter.isEmpty())
            .map(ConnectionString::encodedParameter)
            .collect(joining("&"));
    if (!("&" + query).contains("&sig=")) {
      throw malformed(
          "has a SharedAccessSignature without sig: copy the whole SAS, from sv= on, percent-encoded"
              + " as the portal shows it");
    }
    Secrets.registerQuery(SETTING, URI.create("?" + query));
    return new StorageCredential.Sas(query);
  }

  private static String encodedParameter(String parameter) {
    int equals = parameter.indexOf('=');
    if (equals <= 0) {
      throw malformed("has a SharedAccessSignature that is not of the form sv={...}&sig={...}");
    }
    try {
      // A plus sign is one: a signature has no spaces.
      String value =
          URLDecoder.decode(
              parameter.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
      return parameter.substring(0, equals)
          + "="
          + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    } catch (IllegalArgumentException e) {
      throw malformed("has a SharedAccessSignature with a broken percent-encoding");
    }
  }
}
