package io.soracourier.azure;

import static java.util.stream.Collectors.joining;

import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;

/** Signs with the account key, as in Microsoft's "Authorize with Shared Key" for Table storage. */
final class TableKeySigner extends Authentication {
  private final SharedKeySigner signer;
  private final String account;

  TableKeySigner(SharedKeySigner signer, String account, Clock clock) {
    super(clock);
    this.signer = signer;
    this.account = account;
  }

  @Override
  void authenticate(RequestHead request) {
    String signature = signer.signature(stringToSign(request));
    request.header("Authorization", "SharedKey " + account + ":" + signature);
  }

  /** Other than elsewhere, the date is signed in its place where it is in {@code x-ms-date} too. */
  String stringToSign(RequestHead request) {
    return Stream.of(
            request.method(),
            request.header("Content-MD5"),
            request.header("Content-Type"),
            request.header(DATE),
            "/" + account + request.uri().getRawPath() + component(request.uri().getRawQuery()))
        .collect(joining("\n"));
  }

  /** All of the query that is signed. */
  private static String component(String query) {
    return Arrays.stream(query == null ? new String[0] : query.split("&"))
        .filter(parameter -> parameter.startsWith("comp="))
        .map(parameter -> "?" + parameter)
        .collect(joining());
  }
}
