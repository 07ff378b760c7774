package io.soracourier.http;

import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What is behind a failure. Libraries wrap what they throw, as their versions like. */
public final class Causes {
  /** A chain may lead back to where it began. */
  private static final int MAX = 20;

  private Causes() {}

  private static Stream<Throwable> of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX);
  }

  /** The last cause: the failure itself where it has none. */
  public static Throwable root(Throwable failure) {
    return of(failure).reduce(failure, (before, cause) -> cause);
  }

  /** The same, but a failure of this type is enough: then that one. */
  public static Throwable root(Throwable failure, Class<? extends Throwable> enough) {
    return find(failure, enough).<Throwable>map(found -> found).orElseGet(() -> root(failure));
  }

  /** A cause in words, which may be somebody else's: to be cut before it is shown. */
  public static String words(Throwable root) {
    if (root.getMessage() == null) {
      return root.getClass().getSimpleName();
    }
    return root instanceof UnknownHostException
        ? "no address was found for the host name: " + root.getMessage()
        : root.getMessage();
  }

  /** The first of this type, the failure itself included. */
  public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return of(failure).filter(type::isInstance).findFirst().map(type::cast);
  }
}
