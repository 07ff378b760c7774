package io.soracourier.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.soracourier.azure.Authentication;
import io.soracourier.azure.HmacSha256;
import io.soracourier.azure.StorageCredential;
import io.soracourier.storage.VideoLinks.Use;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A shared access signature for reading one blob.
 *
 * <p>Source: "Create a service SAS", the string to sign since version 2020-12-06, and "Create a
 * user delegation SAS", the one since version 2025-07-05, in Microsoft's REST reference. Signed are
 * decoded values, and the blob's name as it is.
 *
 * @param blob its name, not encoded
 * @param start in whole seconds
 * @param expiry the same
 * @param protocols {@code https}, or {@code https,http}
 * @param type what a browser takes it for
 * @param use whether a browser plays it in place or saves it
 */
record BlobSas(
    String account,
    String container,
    String blob,
    Instant start,
    Instant expiry,
    String protocols,
    String type,
    Use use) {
  private static final String READ = "r";
  private static final String A_BLOB = "b";
  private static final String UNUSED = "";

  /** A service SAS, signed with the account's key. */
  String signedWith(StorageCredential.SharedKey key) {
    String identifier = UNUSED;
    String signature = new HmacSha256(key.key()).sign(toSign(List.of(identifier)));
    return query(Map.of(), signature);
  }

  /** A user delegation SAS. */
  String signedWith(DelegationKey key) {
    Map<String, String> ofKey = new LinkedHashMap<>();
    ofKey.put("skoid", key.objectId());
    ofKey.put("sktid", key.tenantId());
    ofKey.put("skt", key.start());
    ofKey.put("ske", key.expiry());
    ofKey.put("sks", key.service());
    ofKey.put("skv", key.version());
    List<String> between = new ArrayList<>(ofKey.values());
    // Authorized and unauthorized user, correlation id, tenant and id of a delegated user.
    between.addAll(Collections.nCopies(5, UNUSED));
    return query(ofKey, new HmacSha256(key.value()).sign(toSign(between)));
  }

  private String resource() {
    return "/blob/" + account + "/" + container + "/" + blob;
  }

  /** A saved file gets a name with an extension. */
  private String disposition() {
    return (use == Use.SAVE ? "attachment" : "inline") + "; filename=\"" + blob + "\"";
  }

  private String query(Map<String, String> ofKey, String signature) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("sv", Authentication.SERVICE_VERSION);
    parameters.put("spr", protocols);
    parameters.put("st", start.toString());
    parameters.put("se", expiry.toString());
    parameters.put("sr", A_BLOB);
    parameters.put("sp", READ);
    parameters.putAll(ofKey);
    parameters.put("rscd", disposition());
    parameters.put("rsct", type);
    parameters.put("sig", signature);
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
        .collect(joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  private String toSign(List<String> between) {
    return Stream.of(
            List.of(READ, start.toString(), expiry.toString(), resource()),
            between,
            List.of(
                UNUSED, // range of addresses
                protocols,
                Authentication.SERVICE_VERSION,
                A_BLOB,
                UNUSED, // snapshot
                UNUSED, // encryption scope
                UNUSED, // Cache-Control
                disposition(),
                UNUSED, // Content-Encoding
                UNUSED, // Content-Language
                type))
        .flatMap(List::stream)
        .collect(joining("\n"));
  }
}
