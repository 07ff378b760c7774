package io.soracourier.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import jakarta.ws.rs.client.ClientRequestContext;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs with the account key, as in Microsoft's "Authorize with Shared Key" for Blob and Queue
 * storage since version 2015-02-21.
 */
final class SharedKeySigner extends Authentication {
  private static final String HMAC = "HmacSHA256";

  private final String account;
  private final SecretKeySpec key;

  SharedKeySigner(StorageCredential.SharedKey credential, Clock clock) {
    super(clock);
    this.account = credential.account();
    this.key = new SecretKeySpec(credential.key(), HMAC);
  }

  @Override
  void authenticate(ClientRequestContext request) {
    request
        .getHeaders()
        .putSingle(
            "Authorization", "SharedKey " + account + ":" + signature(stringToSign(request)));
  }

  private String stringToSign(ClientRequestContext request) {
    return Stream.of(
            request.getMethod(),
            header(request, "Content-Encoding"),
            header(request, "Content-Language"),
            contentLength(request),
            header(request, "Content-MD5"),
            contentType(request),
            "", // Date: x-ms-date is there
            header(request, "If-Modified-Since"),
            header(request, "If-Match"),
            header(request, "If-None-Match"),
            header(request, "If-Unmodified-Since"),
            header(request, "Range"),
            canonicalHeaders(request) + canonicalResource(request.getUri()))
        .collect(joining("\n"));
  }

  private static String header(ClientRequestContext request, String name) {
    String value = request.getHeaderString(name);
    return value == null ? "" : value;
  }

  /** Empty for an empty body. */
  private static String contentLength(ClientRequestContext request) {
    if (request.getEntity() instanceof byte[] body) {
      return body.length == 0 ? "" : String.valueOf(body.length);
    }
    return header(request, "Content-Length");
  }

  private static String contentType(ClientRequestContext request) {
    return request.getEntity() == null || request.getMediaType() == null
        ? header(request, "Content-Type")
        : request.getMediaType().toString();
  }

  private static String canonicalHeaders(ClientRequestContext request) {
    TreeMap<String, String> canonical = new TreeMap<>();
    for (String name : request.getHeaders().keySet()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith("x-ms-")) {
        canonical.put(lower, request.getHeaderString(name).strip());
      }
    }
    return canonical.entrySet().stream()
        .map(e -> e.getKey() + ":" + e.getValue() + "\n")
        .collect(joining());
  }

  private String canonicalResource(URI uri) {
    StringBuilder resource = new StringBuilder("/").append(account).append(uri.getRawPath());
    if (uri.getRawQuery() != null) {
      Arrays.stream(uri.getRawQuery().split("&"))
          .map(SharedKeySigner::canonicalParameter)
          .sorted()
          .forEach(parameter -> resource.append('\n').append(parameter));
    }
    return resource.toString();
  }

  private static String canonicalParameter(String parameter) {
    int equals = parameter.indexOf('=');
    return parameter.substring(0, equals).toLowerCase(Locale.ROOT)
        + ":"
        + URLDecoder.decode(parameter.substring(equals + 1), UTF_8);
  }

  private String signature(String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has " + HMAC, e);
    }
  }
}
