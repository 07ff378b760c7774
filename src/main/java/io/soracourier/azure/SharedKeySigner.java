package io.soracourier.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Signs with the account key, as in Microsoft's "Authorize with Shared Key" for Blob and Queue
 * storage since version 2015-02-21.
 */
final class SharedKeySigner extends Authentication {
  private final String account;
  private final HmacSha256 key;
  private final Clock clock;

  SharedKeySigner(StorageCredential.SharedKey credential, Clock clock) {
    super(clock);
    this.clock = clock;
    this.account = credential.account();
    this.key = new HmacSha256(credential.key());
  }

  @Override
  public Authentication forTables() {
    return new TableKeySigner(this, account, clock);
  }

  @Override
  void authenticate(RequestHead request) {
    request.header(
        "Authorization", "SharedKey " + account + ":" + signature(stringToSign(request)));
  }

  String stringToSign(RequestHead request) {
    return Stream.of(
            request.method(),
            request.header("Content-Encoding"),
            request.header("Content-Language"),
            contentLength(request),
            request.header("Content-MD5"),
            request.header("Content-Type"),
            "", // Date: x-ms-date is there
            request.header("If-Modified-Since"),
            request.header("If-Match"),
            request.header("If-None-Match"),
            request.header("If-Unmodified-Since"),
            request.header("Range"),
            canonicalHeaders(request) + canonicalResource(request.uri()))
        .collect(joining("\n"));
  }

  /** Empty for an empty body. */
  private static String contentLength(RequestHead request) {
    String length = request.header("Content-Length");
    return length.equals("0") ? "" : length;
  }

  private static String canonicalHeaders(RequestHead request) {
    return request.headers().entrySet().stream()
        .map(header -> Map.entry(header.getKey().toLowerCase(Locale.ROOT), header.getValue()))
        .filter(header -> header.getKey().startsWith("x-ms-"))
        .sorted(Map.Entry.comparingByKey())
        .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
        .collect(joining());
  }

  private String canonicalResource(URI uri) {
    StringBuilder resource = new StringBuilder("/").append(account).append(uri.getRawPath());
    if (uri.getRawQuery() != null) {
      Arrays.stream(uri.getRawQuery().split("&"))
          .map(SharedKeySigner::parameter)
          .sorted(Map.Entry.comparingByValue())
          .collect(
              groupingBy(
                  Map.Entry::getKey, TreeMap::new, mapping(Map.Entry::getValue, joining(","))))
          .forEach((name, values) -> resource.append('\n').append(name).append(':').append(values));
    }
    return resource.toString();
  }

  private static Map.Entry<String, String> parameter(String parameter) {
    int equals = parameter.indexOf('=');
    return Map.entry(
        parameter.substring(0, equals).toLowerCase(Locale.ROOT),
        URLDecoder.decode(parameter.substring(equals + 1), UTF_8));
  }

  String signature(String text) {
    return key.sign(text);
  }
}
