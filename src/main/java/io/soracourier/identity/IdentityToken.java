package io.soracourier.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint's response, of which only the token must be there.
 *
 * @param accessToken without what is around it; empty where there is none
 * @param expiry empty where the response has none
 */
record IdentityToken(String accessToken, Optional<Instant> expiry) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** White space, byte order marks, quotes: what templates and scripts leave around a token. */
  private static final Pattern AROUND =
      Pattern.compile("^[\\s\\p{Cc}\\p{Cf}\\u00A0\"']+|[\\s\\p{Cc}\\p{Cf}\\u00A0\"']+$");

  /** What a header carries; RFC 6750, 2.1 allows even less. */
  private static final Pattern SENDABLE = Pattern.compile("[!-~]*");

  /**
   * @param body one that is not JSON has no token
   */
  static IdentityToken read(@Nullable String body, Instant now) {
    JsonNode response;
    try {
      response = JSON.readTree(body == null ? "" : body.replaceFirst("^\\uFEFF", ""));
    } catch (JsonProcessingException notJson) {
      response = JSON.missingNode();
    }
    String token =
        response.path("access_token").isTextual() ? response.get("access_token").asText() : "";
    return new IdentityToken(AROUND.matcher(token).replaceAll(""), TokenExpiry.of(response, now));
  }

  /** Whether a header can carry it. */
  boolean isSendable() {
    return SENDABLE.matcher(accessToken).matches();
  }

  /** Not the token. */
  @Override
  public String toString() {
    return "IdentityToken[expires " + expiry + "]";
  }
}
