package io.soracourier.text;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The latest secrets of one kind. Their number and the memory of their forms are bounded; not safe
 * for threads.
 */
final class KeptSecrets {
  /** Characters of all forms, which are one byte each. */
  private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  private final int most;
  private final Duration least;
  private final LongSupplier nanoTime;
  private final Map<String, Kept> secrets = new LinkedHashMap<>();
  private int characters;

  /** How the oldest ones were dropped, if any were. */
  enum Dropped {
    NONE,
    OLD,
    YOUNG
  }

  private record Kept(Collection<String> forms, int characters, long since) {}

  /**
   * @param most how many are kept
   * @param least one that is dropped sooner counts as young
   */
  KeptSecrets(int most, Duration least, LongSupplier nanoTime) {
    this.most = most;
    this.least = least;
    this.nanoTime = nanoTime;
  }

  /** Adds one that is new, or makes it the latest one. */
  void add(String secret, Supplier<Collection<String>> forms) {
    Kept known = secrets.remove(secret);
    Collection<String> kept = known == null ? forms.get() : known.forms();
    int size = kept.stream().mapToInt(String::length).sum();
    characters += known == null ? size : 0;
    secrets.put(secret, new Kept(kept, size, nanoTime.getAsLong()));
  }

  boolean contains(String secret) {
    return secrets.containsKey(secret);
  }

  /** Drops the oldest ones until the rest is within the bounds. */
  Dropped drop() {
    Dropped dropped = Dropped.NONE;
    Iterator<Kept> oldest = secrets.values().iterator();
    while (secrets.size() > most || characters > MAX_CHARACTERS && secrets.size() > 1) {
      Kept next = oldest.next();
      oldest.remove();
      characters -= next.characters();
      boolean young = nanoTime.getAsLong() - next.since() < least.toNanos();
      dropped = young || dropped == Dropped.YOUNG ? Dropped.YOUNG : Dropped.OLD;
    }
    return dropped;
  }

  void addTo(Collection<String> forms) {
    secrets.values().forEach(kept -> forms.addAll(kept.forms()));
  }
}
