package io.soracourier.identity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * The endpoint's answer.
 *
 * @param expiresOn seconds since 1970; the endpoint sends it as a string
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record IdentityToken(
    @JsonProperty("access_token") String accessToken, @JsonProperty("expires_on") long expiresOn) {

  Instant expiry() {
    return Instant.ofEpochSecond(expiresOn);
  }

  /** Not the token. */
  @Override
  public String toString() {
    return "IdentityToken[expires " + expiry() + "]";
  }
}
