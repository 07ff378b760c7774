package io.soracourier.storage;

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
import java.util.TreeMap;

/**
 * A storage connection string, as in Microsoft's "Configure Azure Storage connection strings", with
 * what people paste around it: quotes, spaces, keys in another case, a {@code ?} before the SAS.
 */
final class ConnectionString {
  private static final String SETTING = "VideoStorage";

  /** Of the emulator, the same everywhere, and published by Microsoft. */
  private static final String EMULATOR_ACCOUNT = "devstoreaccount1";

  private static final String EMULATOR_KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private final Map<String, String> values;

  private ConnectionString(Map<String, String> values) {
    this.values = values;
  }

  static ConnectionString parse(String text) {
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String part : unquoted(text).split(";")) {
      String segment = part.strip();
      if (segment.isEmpty()) {
        continue;
      }
      int equals = segment.indexOf('=');
      if (equals <= 0 || segment.substring(0, equals).contains("/")) {
        throw malformed(
            "is not a connection string: copy the one under Access keys in the portal, of the form"
                + " DefaultEndpointsProtocol=https;AccountName={name};AccountKey={key}");
      }
      String name = segment.substring(0, equals).strip();
      if (values.put(name, segment.substring(equals + 1).strip()) != null) {
        throw malformed("has " + name + " twice");
      }
    }
    return new ConnectionString(values);
  }

  private static String unquoted(String text) {
    String stripped = text.strip();
    boolean quoted =
        stripped.length() > 1
            && (stripped.startsWith("\"") || stripped.startsWith("'"))
            && stripped.charAt(0) == stripped.charAt(stripped.length() - 1);
    return quoted ? stripped.substring(1, stripped.length() - 1) : stripped;
  }

  URI blobEndpoint() {
    return endpoint("Blob", 10000);
  }

  URI queueEndpoint() {
    return endpoint("Queue", 10001);
  }

  private URI endpoint(String service, int emulatorPort) {
    Optional<String> given = value(service + "Endpoint");
    if (given.isPresent()) {
      return StorageSettings.endpoint(SETTING, "has a " + service + "Endpoint that", given.get());
    }
    if (isEmulator()) {
      String host = value("DevelopmentStorageProxyUri").orElse("http://127.0.0.1");
      return StorageSettings.endpoint(
          SETTING,
          "has a DevelopmentStorageProxyUri that",
          host.replaceAll("/+$", "") + ":" + emulatorPort + "/" + EMULATOR_ACCOUNT);
    }
    String account =
        value("AccountName")
            .orElseThrow(
                () -> malformed("has neither AccountName nor " + service + "Endpoint: add one"));
    String protocol = value("DefaultEndpointsProtocol").orElse("https").toLowerCase(Locale.ROOT);
    String suffix = value("EndpointSuffix").orElse("core.windows.net");
    return StorageSettings.endpoint(
        SETTING,
        "has a DefaultEndpointsProtocol, AccountName or EndpointSuffix that",
        protocol + "://" + account + "." + service.toLowerCase(Locale.ROOT) + "." + suffix);
  }

  StorageCredential credential() {
    Optional<String> key = value("AccountKey");
    Optional<String> sas = value("SharedAccessSignature");
    if (key.isPresent() && sas.isPresent()) {
      throw malformed("has both AccountKey and SharedAccessSignature: leave one out");
    }
    if (isEmulator()) {
      if (key.isPresent() || sas.isPresent()) {
        throw malformed("has both UseDevelopmentStorage=true and a credential: leave one out");
      }
      return sharedKey(EMULATOR_ACCOUNT, EMULATOR_KEY);
    }
    if (key.isPresent()) {
      String account =
          value("AccountName")
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
    return value("UseDevelopmentStorage").filter("true"::equalsIgnoreCase).isPresent();
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
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

  /** Encodes each value anew: it is pasted with and without percent-encoding. */
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
    Secrets.registerQuery(URI.create("?" + query));
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

  private static InvalidSettingException malformed(String advice) {
    return new InvalidSettingException(SETTING, advice);
  }
}
