package io.soracourier.azure;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.soracourier.setting.InvalidSettingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parts of a storage connection string, by name, as in Microsoft's "Configure Azure Storage
 * connection strings". What the Functions host cannot read is refused, because it does not say so:
 * it disables the function that uses the connection, runs on, and every job stays unread.
 *
 * <p>Source of the rules: {@code StorageConnectionString.cs} in Azure/azure-sdk-for-net, which the
 * host uses ({@code src/Shared}). The case of names does not matter, and nothing is trimmed.
 */
final class ConnectionStringParts {
  static final String SETTING = "VideoStorage";
  static final String USE_DEVELOPMENT_STORAGE = "UseDevelopmentStorage";
  static final String PROXY = "DevelopmentStorageProxyUri";
  static final String ACCOUNT_NAME = "AccountName";
  static final String ACCOUNT_KEY = "AccountKey";
  private static final String ACCOUNT_KEY_NAME = "AccountKeyName";
  static final String SAS = "SharedAccessSignature";
  static final String PROTOCOL = "DefaultEndpointsProtocol";
  static final String SUFFIX = "EndpointSuffix";
  private static final List<String> SERVICES = List.of("Blob", "Queue", "Table", "File");
  private static final Set<String> NAMES =
      Stream.concat(
              Stream.of(
                  USE_DEVELOPMENT_STORAGE,
                  PROXY,
                  ACCOUNT_NAME,
                  ACCOUNT_KEY,
                  ACCOUNT_KEY_NAME,
                  SAS,
                  PROTOCOL,
                  SUFFIX),
              SERVICES.stream()
                  .flatMap(name -> Stream.of(name + "Endpoint", name + "SecondaryEndpoint")))
          .collect(toUnmodifiableSet());

  private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cf}]");
  private static final Pattern DOMAIN =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*");
  private static final String LEFT_UNREAD =
      ", which the Functions host does not read: it would leave the queues alone without a word";

  private ConnectionStringParts() {}

  /**
   * @param text as it is set, nothing trimmed
   * @throws InvalidSettingException when the courier or the host cannot read it
   */
  static Map<String, String> parse(String text) {
    Matcher unseen = UNSEEN.matcher(text);
    if (unseen.find()) {
      throw malformed(
          (unseen.start() == text.stripTrailing().length()
                  ? "has white space at its end, such as a line end"
                  : "has white space at character " + (unseen.start() + 1))
              + LEFT_UNREAD
              + "; remove it");
    }
    if (text.startsWith("\"") || text.startsWith("'")) {
      throw malformed("is in quotes" + LEFT_UNREAD + "; remove them");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String segment : text.split(";")) {
      if (!segment.isEmpty()) {
        add(segment, values);
      }
    }
    checkCombination(values);
    return values;
  }

  private static void add(String segment, Map<String, String> values) {
    int equals = segment.indexOf('=');
    String written = equals <= 0 ? "" : segment.substring(0, equals);
    String name =
        NAMES.stream()
            .filter(written::equalsIgnoreCase)
            .findFirst()
            .orElseThrow(
                () ->
                    malformed(
                        "is not a connection string: copy the one under Access keys in the portal,"
                            + " of the form DefaultEndpointsProtocol=https;AccountName={name};"
                            + "AccountKey={key}"));
    String value = segment.substring(equals + 1);
    if (value.isEmpty()) {
      throw malformed("has an empty " + name + LEFT_UNREAD + "; remove it");
    }
    if (values.put(name, value) != null) {
      throw malformed("has " + name + " twice");
    }
  }

  /** What the host calls "No valid combination of account information". */
  private static void checkCombination(Map<String, String> values) {
    if (values.containsKey(USE_DEVELOPMENT_STORAGE) || values.containsKey(PROXY)) {
      if (!"true".equalsIgnoreCase(values.get(USE_DEVELOPMENT_STORAGE))) {
        throw malformed("has no UseDevelopmentStorage=true, but parts of it" + LEFT_UNREAD);
      }
      if (!Set.of(USE_DEVELOPMENT_STORAGE, PROXY).containsAll(values.keySet())) {
        throw malformed("has both UseDevelopmentStorage=true and other parts: leave one out");
      }
      return;
    }
    if (values.containsKey(ACCOUNT_KEY) && values.containsKey(SAS)) {
      throw malformed("has both AccountKey and SharedAccessSignature: leave one out");
    }
    if (values.containsKey(ACCOUNT_KEY_NAME) && !values.containsKey(ACCOUNT_KEY)) {
      throw malformed("has an AccountKeyName, but no AccountKey" + LEFT_UNREAD + "; remove it");
    }
    // Decoders of Java do without the padding, and the host's does not.
    if (values.getOrDefault(ACCOUNT_KEY, "").length() % 4 != 0) {
      throw malformed("has an AccountKey that is not Base64: copy the whole key once more");
    }
    String protocol = values.getOrDefault(PROTOCOL, "https");
    if (!protocol.equalsIgnoreCase("https") && !protocol.equalsIgnoreCase("http")) {
      throw malformed("has a DefaultEndpointsProtocol that is neither https nor http");
    }
    if (!DOMAIN.matcher(values.getOrDefault(SUFFIX, "core.windows.net")).matches()) {
      throw malformed("has an EndpointSuffix that is not a domain's name" + LEFT_UNREAD);
    }
    if (!values.containsKey(ACCOUNT_NAME)
        && (values.containsKey(PROTOCOL) || values.containsKey(SUFFIX))) {
      throw malformed(
          "has DefaultEndpointsProtocol or EndpointSuffix, but no AccountName"
              + LEFT_UNREAD
              + "; add AccountName, or remove them");
    }
    for (String service : SERVICES) {
      if (values.containsKey(service + "SecondaryEndpoint")
          && !values.containsKey(service + "Endpoint")) {
        throw malformed("has a " + service + "SecondaryEndpoint, but no " + service + "Endpoint");
      }
      for (String name : List.of(service + "Endpoint", service + "SecondaryEndpoint")) {
        if (values.containsKey(name)) {
          StorageSettings.endpoint(SETTING, "has a " + name + " that", values.get(name));
        }
      }
    }
  }

  static InvalidSettingException malformed(String advice) {
    return new InvalidSettingException(SETTING, advice);
  }
}
