package io.soracourier.sora;

import java.util.Set;
import java.util.regex.Pattern;

/** Which properties of a response carry the URL of a video that was made, by their names. */
public final class VideoUrls {
  /**
   * Lists with an entry for each video of a job, which is a URL or an object with one.
   *
   * <p>Source: OpenRouter ({@code unsigned_urls}, {@code urls}), SGLang ({@code urls}, {@code
   * file_paths}), Bifrost ({@code videos}), as {@code docs/reference/servers.md} names them.
   */
  static final Set<String> LISTS =
      Set.of("outputs", "urls", "unsigned_urls", "videos", "video_urls", "file_paths", "data");

  private static final Pattern PROPERTIES =
      Pattern.compile("(?i)((video|output|content|download|result|unsigned)_?)?(url|uri)s?|files?");

  private static final Pattern OTHERS =
      Pattern.compile(
          "(?i).*(input|source|reference|image|picture|thumbnail|cover|poster|preview|sprite|audio"
              + "|frame|mask|original|remix|webhook|callback).*");

  private static final Pattern URL = Pattern.compile("(?i)(https?://|/).+");

  private VideoUrls() {}

  /** Whether a property of this name carries one, or several. */
  public static boolean isOfVideo(String name) {
    return PROPERTIES.matcher(name).matches();
  }

  /** Whether texts in a list of this name may be some. */
  public static boolean isList(String name) {
    return LISTS.contains(name);
  }

  /** Whether this names what has a URL of its own, and is not the video that was made. */
  public static boolean isOfOther(String name) {
    return OTHERS.matcher(name).matches();
  }

  /** A URL is absolute, or a path that begins with a slash; anything else is not taken for one. */
  public static boolean isUrl(String text) {
    return URL.matcher(text.strip()).matches();
  }
}
