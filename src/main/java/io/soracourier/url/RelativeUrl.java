package io.soracourier.url;

import io.soracourier.video.Base64Video;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * References that are no whole URLs, and what they mean at the address that gave them.
 *
 * <p>Source: RFC 3986, 5.2. {@link URI#resolve(URI)} follows an earlier one: it loses the last part
 * of the path before a query alone, and keeps {@code ..} that lead above the root.
 */
final class RelativeUrl {
  private static final int MAX_LENGTH = 2_000;
  private static final Pattern FILE =
      Pattern.compile("(?i).*[^/]\\.(mp4|m4v|mov|webm|mkv|avi|mpe?g|3gp|ogv)");
  private static final Pattern PATH = Pattern.compile("\\S*/(?!\\.{0,2}$)[^/\\s]+");
  private static final Pattern SCHEME_OR_ROOT =
      Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*|[/?#].*|.*\\\\.*");

  /** What has a slash and is no path: "not applicable", and types of content. */
  private static final Pattern OTHER =
      Pattern.compile(
          "(?i)n/a|(video|audio|image|application|text)/(\\*|x-.*|vnd\\..*|mp4|mpeg|webm|ogg|avi"
              + "|quicktime|3gpp2?|h26[45]|gif|jpe?g|png|webp|json|octet-stream|plain|html)");

  private RelativeUrl() {}

  /**
   * Whether a text is a path without a slash before it, where a URL may be: it has a slash, or ends
   * as the name of a video does. An id, a word, a type of content and Base64 do not.
   */
  static boolean isPath(String text) {
    if (text.length() > MAX_LENGTH || SCHEME_OR_ROOT.matcher(text).matches()) {
      return false;
    }
    String path = text.split("[?#]", 2)[0];
    return FILE.matcher(path).matches()
        || PATH.matcher(path).matches()
            && !OTHER.matcher(path).matches()
            && Base64Video.alone(text).isEmpty();
  }

  /**
   * What a reference means.
   *
   * @param base where it was found, with a host
   */
  static URI resolve(URI base, URI reference) {
    if (reference.getScheme() != null || reference.getRawAuthority() != null) {
      return base.resolve(reference);
    }
    String path = reference.getRawPath();
    boolean same = path.isEmpty();
    String query =
        same && reference.getRawQuery() == null ? base.getRawQuery() : reference.getRawQuery();
    String fragment = reference.getRawFragment();
    return URI.create(
        base.getScheme()
            + "://"
            + base.getRawAuthority()
            + (same ? base.getRawPath() : withoutDots(merged(base.getRawPath(), path)))
            + (query == null ? "" : "?" + query)
            + (fragment == null ? "" : "#" + fragment));
  }

  private static String merged(String base, String path) {
    return path.startsWith("/")
        ? path
        : (base.isEmpty() ? "/" : base.substring(0, base.lastIndexOf('/') + 1)) + path;
  }

  private static String withoutDots(String path) {
    Deque<String> segments = new ArrayDeque<>();
    boolean folder = false;
    for (String segment : path.substring(1).split("/", -1)) {
      folder = segment.equals(".") || segment.equals("..");
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!folder) {
        segments.add(segment);
      }
    }
    if (folder) {
      segments.add("");
    }
    return "/" + String.join("/", segments);
  }
}
