package io.soracourier.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A token as Azurite's {@code --oauth basic} takes it: the claims are checked (issuer, audience,
 * lifetime), the signature is not. Object and directory of the identity are those that a user
 * delegation key repeats.
 */
public final class BearerToken {
  private BearerToken() {}

  /** A token for Azure Storage that is good for the given time, from a minute ago. */
  public static String forStorage(Instant now, Duration lifetime) {
    String claims =
        """
        {"aud":"https://storage.azure.com","iss":"https://sts.windows.net/local/",\
        "oid":"2a5d6a3c-6b0f-4d51-9f3e-8c1b7a0e4d21","tid":"7c9e6679-7425-40de-944b-e07fc1f90ae7",\
        "iat":%1$d,"nbf":%1$d,"exp":%2$d}"""
            .formatted(now.minusSeconds(60).getEpochSecond(), now.plus(lifetime).getEpochSecond());
    return part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")
        + "."
        + part(claims)
        + "."
        + part("unsigned");
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
