package io.soracourier.text;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The secrets that this process knows: what was configured, what it was given and what it received.
 * They are taken out of every text that others wrote, see {@link Excerpt}, because servers repeat
 * what they were sent. Secrets are {@value SecretPattern#MIN_LENGTH} characters long or longer; a
 * shorter one would be found in ordinary words.
 *
 * <p>They belong to the process, as its log does. Their number is bounded: secrets are replaced, as
 * tokens are, and of each kind the latest ones are kept, for answers to earlier requests.
 */
public final class Secrets {
  private static final int KEPT = 4;

  /** Some copies at once, each with some URLs. */
  private static final int KEPT_OF_URLS = 128;

  /** No credential in a URL or a header is longer: servers refuse such requests. */
  private static final int MAX_LENGTH = 16 * 1024;

  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "(?i)(.*[-_.])?(key|code|pwd|hash|md5)|.*(sig|token|secret|password|credential|hmac|jwt|"
              + "auth|apikey|accesskey|session|hdnts|hdnea).*");

  private static final Map<String, Deque<List<SecretPattern>>> BY_KIND = new HashMap<>();
  private static final List<Registration> HELD = new ArrayList<>();
  private static volatile SecretIndex index = new SecretIndex(List.of());

  private Secrets() {}

  /**
   * Adds a secret; of its kind the latest {@value #KEPT} are kept.
   *
   * @param kind a name from a small set, such as the name of a setting
   */
  public static void register(String kind, String secret) {
    register(kind, KEPT, forms(secret));
  }

  /** The same for a secret that is bytes, and is sent and shown in an encoding of them. */
  public static void register(String kind, byte[] secret) {
    register(kind, KEPT, SecretForms.of(secret));
  }

  /** Adds what in the query of a URL gives access: signatures, tokens, keys, by their names. */
  public static void registerQuery(URI url) {
    if (url.getRawQuery() != null) {
      inQuery(url.getRawQuery()).forEach(secret -> register("url", KEPT_OF_URLS, forms(secret)));
    }
  }

  /** Whether something in the query of a URL gives access, by its name. */
  public static boolean areInQuery(URI url) {
    return url.getRawQuery() != null && !inQuery(url.getRawQuery()).isEmpty();
  }

  /** Adds secrets until what is returned is closed. */
  public static Registration registerUntilClosed(Collection<String> secrets) {
    Registration registration = new Registration(secrets);
    if (!registration.forms.isEmpty()) {
      synchronized (BY_KIND) {
        HELD.add(registration);
        rebuild();
      }
    }
    return registration;
  }

  /** Values of a query that give access, decoded. */
  private static List<String> inQuery(String query) {
    List<String> secrets = new ArrayList<>();
    for (String parameter : query.split("&")) {
      int equals = parameter.indexOf('=');
      if (equals > 0 && SECRET_PARAMETER.matcher(parameter.substring(0, equals)).matches()) {
        secrets.add(decoded(parameter.substring(equals + 1)));
      }
    }
    return secrets;
  }

  private static String decoded(String value) {
    try {
      // A signature in Base64 has plus signs and no spaces.
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }

  private static List<SecretPattern> forms(String secret) {
    return secret.length() > MAX_LENGTH ? List.of() : SecretForms.of(secret);
  }

  private static void register(String kind, int kept, List<SecretPattern> forms) {
    if (forms.isEmpty()) {
      return;
    }
    synchronized (BY_KIND) {
      Deque<List<SecretPattern>> ofKind = BY_KIND.computeIfAbsent(kind, any -> new ArrayDeque<>());
      boolean known = ofKind.removeIf(earlier -> isSame(earlier, forms));
      ofKind.addLast(forms);
      if (ofKind.size() > kept) {
        ofKind.removeFirst();
      }
      if (!known) {
        rebuild();
      }
    }
  }

  private static boolean isSame(List<SecretPattern> one, List<SecretPattern> other) {
    return one.get(0).form().equals(other.get(0).form());
  }

  private static void rebuild() {
    List<SecretPattern> all = new ArrayList<>();
    BY_KIND.values().forEach(ofKind -> ofKind.forEach(all::addAll));
    HELD.forEach(held -> all.addAll(held.forms));
    index = new SecretIndex(all);
  }

  /** See {@link SecretIndex#redact}. */
  static String redact(String text, int longest) {
    return index.redact(text, longest);
  }

  /** Secrets that are known for a while. */
  public static final class Registration implements AutoCloseable {
    private final List<SecretPattern> forms = new ArrayList<>();

    private Registration(Collection<String> secrets) {
      secrets.forEach(secret -> forms.addAll(Secrets.forms(secret)));
    }

    @Override
    public void close() {
      synchronized (BY_KIND) {
        if (HELD.remove(this)) {
          rebuild();
        }
      }
    }
  }
}
