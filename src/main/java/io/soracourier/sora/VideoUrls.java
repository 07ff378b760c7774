package io.soracourier.sora;

import java.util.Set;
import java.util.regex.Pattern;

/** Which properties of a response carry the URL of a video that was made, by their names. */
public final class VideoUrls {
  /** What a property is called that is the output itself: a list of videos, or one as its URL. */
  private static final Set<String> RESULTS = Set.of("output", "outputs", "result", "results");

  /**
   * Lists with an entry for each video of a job, which is a URL or has one in it.
   *
   * <p>Source: OpenRouter ({@code unsigned_urls}, {@code urls}), SGLang ({@code urls}, {@code
   * file_paths}), Bifrost ({@code videos}), as {@code docs/reference/servers.md} names them.
   */
  private static final Set<String> LISTS =
      Set.of(
          "output",
          "outputs",
          "result",
          "results",
          "response",
          "video",
          "videos",
          "data",
          "file_paths");

  private static final Pattern URLS =
      Pattern.compile("(?i)((video|output|content|download|result|unsigned)_?)?(url|uri)s?");
  private static final Pattern FILES = Pattern.compile("(?i)files?");

  private static final Pattern OTHERS =
      Pattern.compile(
          "(?i).*(input|source|reference|image|picture|thumbnail|cover|poster|preview|sprite|audio"
              + "|frame|mask|original|remix|webhook|callback).*");

  private static final Pattern URL = Pattern.compile("(?i)(https?://|/).+");
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://.+");

  private static final Pattern ONLY_URL = Pattern.compile("(?i)https?://[^\\s\"<>]+");

  private VideoUrls() {}

  /** Whether a property of this name carries one, or several. */
  public static boolean isOfVideo(String name) {
    return URLS.matcher(name).matches() || FILES.matcher(name).matches();
  }

  /** Whether a list of this name has an entry for each video of a job. */
  static boolean isList(String name) {
    return LISTS.contains(name) || URLS.matcher(name).matches();
  }

  /**
   * Whether a text is the URL of a video, by where it is.
   *
   * @param name of the property with it
   * @param inList whether that has a list, with the text in it
   */
  public static boolean isUrl(String name, boolean inList, String text) {
    return isOfVideo(name) || inList && LISTS.contains(name)
        ? isUrl(text)
        : RESULTS.contains(name) && ABSOLUTE.matcher(text.strip()).matches();
  }

  /** Whether a text that no property names, as that of a whole body, is a URL and nothing else. */
  public static boolean isOnlyUrl(String text) {
    return ONLY_URL.matcher(text.strip()).matches();
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
