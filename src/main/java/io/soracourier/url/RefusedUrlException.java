package io.soracourier.url;

import static java.util.Objects.requireNonNull;

import io.soracourier.sora.Attempt;
import io.soracourier.text.Excerpt;
import java.net.URI;
import java.util.List;

/** A URL from a response that the courier does not follow, and why. */
public class RefusedUrlException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_LENGTH = 200;
  private static final int MAX_SCHEME = 40;

  private final transient URI uri;
  private final boolean lasting;
  private final transient List<Attempt> attempts;

  private RefusedUrlException(String message, URI uri, boolean lasting, List<Attempt> attempts) {
    super(message);
    this.uri = uri;
    this.lasting = lasting;
    this.attempts = List.copyOf(attempts);
  }

  /**
   * Of a URL that may be followed later: its name may lead elsewhere then, or a server gives a
   * better one.
   */
  public static RefusedUrlException forNow(URI uri, String why) {
    return new RefusedUrlException(sentence(uri, why), uri, false, List.of());
  }

  /** Of a URL that is refused for what it is: waiting changes nothing. */
  public static RefusedUrlException forGood(URI uri, String why) {
    return new RefusedUrlException(sentence(uri, why), uri, true, List.of());
  }

  /** The same as the end of a search, whose message has this one's in it. */
  public RefusedUrlException after(String message, List<Attempt> all) {
    return new RefusedUrlException(message, uri, lasting, all);
  }

  private static String sentence(URI uri, String why) {
    return "a URL %s was not followed: %s".formatted(which(uri), why);
  }

  /** Each has one. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  /** Whether it is refused for what it is, so that waiting changes nothing. */
  public boolean isLasting() {
    return lasting;
  }

  /** What was refused. */
  public URI uri() {
    return uri;
  }

  /** What else was requested and received; empty when the URL itself is the evidence. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /** Path and query may contain a secret, and so may what is before the host. */
  private static String which(URI uri) {
    if (uri.getScheme() == null) {
      return "without a scheme";
    }
    String authority = uri.getRawAuthority();
    return authority == null
        ? "of the scheme " + Excerpt.of(uri.getScheme(), MAX_SCHEME)
        : "to "
            + Excerpt.of(
                uri.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1),
                MAX_LENGTH);
  }
}
