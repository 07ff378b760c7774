package io.soracourier.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint's answer, of which only the token must be there.
 *
 * @param accessToken without what is around it; empty where there is none
 * @param expiry empty where the answer does not tell
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
    JsonNode answer;
    try {
      answer = JSON.readTree(body == null ? "" : body.replaceFirst("^\\uFEFF", ""));
    } catch (JsonProcessingException notJson) {
      answer = JSON.missingNode();
    }
    String token =
        answer.path("access_token").isTextual() ? answer.get("access_token").asText() : "";
    return new IdentityToken(AROUND.matcher(token).replaceAll(""), TokenExpiry.of(answer, now));
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
