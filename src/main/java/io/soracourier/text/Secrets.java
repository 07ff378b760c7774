package io.soracourier.text;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The secrets that this process knows: what was configured, what it was given and what it received.
 * They are taken out of every text that others wrote, see {@link Excerpt}, because servers repeat
 * what they were sent. Secrets are {@value SecretForms#MIN_LENGTH} characters long or longer; a
 * shorter one would be found in ordinary words.
 *
 * <p>They belong to the process, as its log does. Their number is bounded: secrets are replaced, as
 * tokens are, and of each kind the latest ones are kept, for responses to earlier requests. While
 * more of them arrive than are kept, {@link #areTooMany()}.
 */
public final class Secrets {
  /** A token is requested every ten seconds at most, and lives for hours. */
  private static final int KEPT = 64;

  /** Some concurrent copies, each with some URLs. */
  private static final int KEPT_OF_URLS = 1024;

  private static final String URLS = "url";

  /** A secret that had to make room sooner than this is still being repeated. */
  private static final Duration REPEATED_FOR = Duration.ofMinutes(15);

  private static final Map<String, KeptSecrets> BY_KIND = new HashMap<>();
  private static final List<Registration> REGISTERED = new ArrayList<>();
  private static volatile SecretIndex index = new SecretIndex(List.of());
  private static volatile long tooManySince = System.nanoTime() - REPEATED_FOR.toNanos();

  private Secrets() {}

  /**
   * Adds a secret; of its kind the latest {@value #KEPT} are kept.
   *
   * @param kind a name from a small set, such as the name of a setting
   */
  public static void register(String kind, String secret) {
    if (secret.length() >= SecretForms.MIN_LENGTH && secret.length() <= UrlSecrets.MAX_LENGTH) {
      register(kind, secret, () -> SecretForms.of(secret));
    }
  }

  /** The same for a secret that is bytes, and is sent and shown in an encoding of them. */
  public static void register(String kind, byte[] secret) {
    if (secret.length >= SecretForms.MIN_LENGTH) {
      register(kind, Base64.getEncoder().encodeToString(secret), () -> SecretForms.of(secret));
    }
  }

  /**
   * Adds what in the query of a URL gives access: signatures, tokens, keys, by their names.
   *
   * @param kind as for {@link #register(String, String)}
   */
  public static void registerQuery(String kind, URI url) {
    if (url.getRawQuery() != null) {
      UrlSecrets.in("?" + url.getRawQuery()).found().forEach(secret -> register(kind, secret));
    }
  }

  /** Adds the same of a URL that was received, and is about to be requested. */
  public static void registerQuery(URI url) {
    if (url.getRawQuery() != null) {
      registerReceived("?" + url.getRawQuery());
    }
  }

  /** Adds the same of all URLs in a text that was received, before any of it is quoted. */
  static void registerReceived(String text) {
    UrlSecrets received = UrlSecrets.in(text);
    if (received.areTooMany()) {
      tooManySince = System.nanoTime();
    }
    if (!received.found().isEmpty()) {
      registerReceived(received.found());
    }
  }

  private static void registerReceived(Set<String> received) {
    synchronized (BY_KIND) {
      KeptSecrets urls = kept(URLS);
      boolean known = true;
      for (String secret : received) {
        known &= urls.contains(secret);
        urls.add(secret, () -> SecretForms.of(secret));
      }
      dropAndRebuild(urls, known);
    }
  }

  /** Whether something in the query of a URL gives access, by its name. */
  public static boolean areInQuery(URI url) {
    return url.getRawQuery() != null && !UrlSecrets.in("?" + url.getRawQuery()).found().isEmpty();
  }

  /** Adds secrets until what is returned is closed. */
  public static Registration registerUntilClosed(Collection<String> secrets) {
    Registration registration = new Registration(secrets);
    if (!registration.forms.isEmpty()) {
      synchronized (BY_KIND) {
        REGISTERED.add(registration);
        rebuild();
      }
    }
    return registration;
  }

  private static void register(String kind, String secret, Supplier<Collection<String>> forms) {
    synchronized (BY_KIND) {
      KeptSecrets ofKind = kept(kind);
      boolean known = ofKind.contains(secret);
      ofKind.add(secret, forms);
      dropAndRebuild(ofKind, known);
    }
  }

  private static KeptSecrets kept(String kind) {
    int most = kind.equals(URLS) ? KEPT_OF_URLS : KEPT;
    return BY_KIND.computeIfAbsent(
        kind, any -> new KeptSecrets(most, REPEATED_FOR, System::nanoTime));
  }

  private static void dropAndRebuild(KeptSecrets ofKind, boolean known) {
    if (ofKind.drop() == KeptSecrets.Dropped.YOUNG) {
      tooManySince = System.nanoTime();
    }
    if (!known) {
      rebuild();
    }
  }

  private static void rebuild() {
    List<String> all = new ArrayList<>();
    BY_KIND.values().forEach(ofKind -> ofKind.addTo(all));
    REGISTERED.forEach(registration -> all.addAll(registration.forms));
    index = new SecretIndex(all);
  }

  /**
   * Whether more secrets have arrived lately than are kept, so that a text may repeat one that is
   * not known any more.
   */
  static boolean areTooMany() {
    return System.nanoTime() - tooManySince < REPEATED_FOR.toNanos();
  }

  /** For tests, which share the process: as if nothing had been received. */
  static void forgetReceived() {
    synchronized (BY_KIND) {
      BY_KIND.remove(URLS);
      tooManySince = System.nanoTime() - REPEATED_FOR.toNanos();
      rebuild();
    }
  }

  /** See {@link SecretIndex#redact}. */
  static String redact(String text, int longest) {
    return index.redact(text, longest);
  }

  /** Secrets that are known for a while. */
  public static final class Registration implements AutoCloseable {
    private final List<String> forms = new ArrayList<>();

    private Registration(Collection<String> secrets) {
      secrets.stream()
          .filter(secret -> secret.length() <= UrlSecrets.MAX_LENGTH)
          .forEach(secret -> forms.addAll(SecretForms.of(secret)));
    }

    @Override
    public void close() {
      synchronized (BY_KIND) {
        if (REGISTERED.remove(this)) {
          rebuild();
        }
      }
    }
  }
}
