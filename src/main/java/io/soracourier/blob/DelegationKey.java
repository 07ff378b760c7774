package io.soracourier.blob;

import io.soracourier.text.Secrets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user delegation key: what the storage gives to an identity that may sign links in place of the
 * account's key. All but its value is repeated in each link, character by character.
 *
 * <p>Source: "Get User Delegation Key" in Microsoft's REST reference.
 *
 * @param objectId of the identity
 * @param tenantId of its directory
 * @param start when it begins to sign, as the storage wrote it
 * @param expiry when it ends, the same
 * @param service {@code b}
 * @param version of the service that made it
 * @param value the key itself, a secret
 */
record DelegationKey(
    String objectId,
    String tenantId,
    String start,
    String expiry,
    String service,
    String version,
    byte[] value) {

  /** What is in none of its values, and would be more than a value in a link. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.:+-]{1,64}");

  /** The response to the operation; empty where a part is missing or is something else. */
  static Optional<DelegationKey> read(String xml) {
    try {
      String value = element(xml, "Value").orElse("");
      Secrets.register("user delegation key", value);
      byte[] bytes = Base64.getDecoder().decode(value);
      if (bytes.length == 0) {
        return Optional.empty();
      }
      Secrets.register("user delegation key, its bytes", bytes);
      DelegationKey key =
          new DelegationKey(
              plain(xml, "SignedOid"),
              plain(xml, "SignedTid"),
              plain(xml, "SignedStart"),
              plain(xml, "SignedExpiry"),
              plain(xml, "SignedService"),
              plain(xml, "SignedVersion"),
              bytes);
      return Optional.of(key).filter(read -> read.covers(read.startsAt(), read.startsAt()));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String plain(String xml, String name) {
    return element(xml, name)
        .filter(text -> PLAIN.matcher(text).matches())
        .orElseThrow(() -> new IllegalArgumentException(name));
  }

  private static Optional<String> element(String xml, String name) {
    Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
    return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
  }

  /** Whether it signs from the one time to the other. */
  boolean covers(Instant from, Instant to) {
    return !startsAt().isAfter(from) && !Instant.parse(expiry).isBefore(to);
  }

  private Instant startsAt() {
    return Instant.parse(start);
  }

  /** Not the key. */
  @Override
  public String toString() {
    return "DelegationKey[" + start + " to " + expiry + "]";
  }
}
