package io.soracourier.sora;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * From the path of a pasted address to the one that {@code /videos} comes behind.
 *
 * <p>What people paste, with the result, is the table in {@code docs/reference/endpoint.md}.
 */
final class BasePath {
  private static final String OPENAI = "openai";
  private static final String AZURE = "/openai/v1";
  private static final String OTHER = "/v1";

  /** {@code v1}, {@code v2}, {@code v1beta}, {@code v1.1}, {@code v1p1beta1}. */
  private static final Pattern VERSION =
      Pattern.compile("v\\d+([.p]\\d+)*([._-]?(alpha|beta|preview|rc|dev|exp)\\d*)?");

  /** Of a Foundry project, whose account serves videos at its root. */
  private static final Pattern PROJECT =
      Pattern.compile("(.*?)/api/projects(/.*)?", Pattern.CASE_INSENSITIVE);

  /** Operations of these APIs, where a path continues after its version or {@code openai}. */
  private static final Set<String> OPERATIONS =
      Set.of(
          "audio",
          "batches",
          "completions",
          "deployments",
          "embeddings",
          "files",
          "images",
          "messages",
          "models",
          "responses");

  private final String host;
  private final List<String> segments;

  /** The segment behind which operations are: the last version, else {@code openai}, else -1. */
  private final int anchor;

  private BasePath(String host, String path) {
    this.host = host;
    this.segments = Stream.of(path.split("/")).filter(segment -> !segment.isEmpty()).toList();
    int version = lastVersion(segments.size());
    this.anchor = version >= 0 ? version : lowerCase().indexOf(OPENAI);
  }

  /**
   * @param host in lower case
   * @param path as it was pasted, without query
   * @return without a slash at the end
   */
  static String of(String host, String path) {
    Matcher project = PROJECT.matcher(path.replaceAll("/{2,}", "/"));
    if (project.matches() && new BasePath(host, project.group(1)).lastVersion() < 0) {
      return project.group(1) + AZURE;
    }
    BasePath pasted = new BasePath(host, path);
    return KnownHosts.isAzure(host) || KnownHosts.isApiManagement(host)
        ? pasted.azure()
        : pasted.other();
  }

  private String azure() {
    int openai = lowerCase().indexOf(OPENAI);
    if (openai >= 0 && lastVersion(openai) < 0) {
      boolean versioned = openai + 1 < segments.size() && isVersion(openai + 1);
      return versioned ? first(openai + 2) : first(openai + 1) + OTHER;
    }
    if (KnownHosts.isAzure(host) && (anchor >= 0 || isOperation(0))) {
      // An account serves videos nowhere else; this is the address of another of its services.
      return AZURE;
    }
    return lastVersion() >= 0 ? first(end()) : first(end()) + AZURE;
  }

  private String other() {
    String path = first(end());
    Optional<String> known = KnownHosts.basePath(host);
    if (known.isPresent() && (lastVersion() < 0 || path.equals(OTHER))) {
      return known.get();
    }
    return lastVersion() >= 0 ? path : path + OTHER;
  }

  /** Where the operation begins that is to be cut, else behind the last segment. */
  private int end() {
    int end = anchor + 1;
    while (end < segments.size() && !isCut(end)) {
      end++;
    }
    return end;
  }

  private boolean isCut(int at) {
    if (isWord(at, "videos")
        || isWord(at, "video") && isWord(at + 1, "generations")
        || isWord(at, "chat") && isWord(at + 1, "completions")) {
      return true;
    }
    // A gateway may have any of these words in the middle of its own path.
    return anchor >= 0 && isOperation(at) && (at == anchor + 1 || at == segments.size() - 1);
  }

  private boolean isOperation(int at) {
    return at < segments.size() && OPERATIONS.contains(lowerCase().get(at));
  }

  private boolean isWord(int at, String word) {
    return at < segments.size() && segments.get(at).equalsIgnoreCase(word);
  }

  private int lastVersion() {
    return lastVersion(segments.size());
  }

  /** Before that segment; -1 where it is missing, or where it is the name of a deployment. */
  private int lastVersion(int before) {
    int last = before - 1;
    while (last >= 0 && !isVersion(last)) {
      last--;
    }
    return last > 0 && isWord(last - 1, "deployments") ? lastVersion(last - 1) : last;
  }

  private boolean isVersion(int at) {
    return VERSION.matcher(lowerCase().get(at)).matches();
  }

  private List<String> lowerCase() {
    return segments.stream().map(segment -> segment.toLowerCase(Locale.ROOT)).toList();
  }

  private String first(int count) {
    return segments.stream().limit(count).map("/"::concat).reduce("", String::concat);
  }
}
