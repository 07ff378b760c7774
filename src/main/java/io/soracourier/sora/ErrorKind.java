package io.soracourier.sora;

import io.soracourier.sora.SoraException.Kind;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an error response means.
 *
 * <p>Source: the servers in {@code docs/servers.md}; answers of Azure OpenAI.
 */
final class ErrorKind {
  /** Of the model, and not of one video: {@code ModelDeprecated} at Azure. */
  private static final Pattern RETIRED =
      Pattern.compile(
          "(model|deployment)[ _-]?(is |was |has been )?(deprecated|retired|decommissioned)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern EXPIRED = Pattern.compile("expired", Pattern.CASE_INSENSITIVE);

  /** With these a code that says "expired" is about the video; with others about the key. */
  private static final Set<Integer> ABOUT_THE_VIDEO = Set.of(400, 404, 409, 422);

  /** {@code task_not_exist} with 400 at new-api. */
  private static final Pattern NO_SUCH_JOB =
      Pattern.compile(
          "(task|job|video|generation|request)([ _-]?id)?[ _-]?"
              + "((is|was|does|do|could|can)[ _-]?)?not[ _-]?(be[ _-])?(exist|found)"
              + "|(no[ _-]such|unknown)[ _-](task|job|video)",
          Pattern.CASE_INSENSITIVE);

  private ErrorKind() {}

  static Kind of(int status, ErrorWords words) {
    if (Moderation.isReason(status, words)) {
      return Kind.MODERATED;
    }
    if (status / 100 == 4 && isIn(RETIRED, words)) {
      return Kind.RETIRED;
    }
    if (status == 410 || ABOUT_THE_VIDEO.contains(status) && EXPIRED.matcher(words.code()).find()) {
      return Kind.EXPIRED;
    }
    return switch (status) {
      case 401, 403 -> Kind.DENIED;
      case 404 -> Kind.NOT_FOUND;
      case 408, 425, 429 -> Kind.THROTTLED;
      case 400, 422 -> isIn(NO_SUCH_JOB, words) ? Kind.NOT_FOUND : Kind.REJECTED;
      default -> status >= 500 || status < 400 ? Kind.UNAVAILABLE : Kind.REJECTED;
    };
  }

  private static boolean isIn(Pattern pattern, ErrorWords words) {
    return pattern.matcher(words.code()).find() || pattern.matcher(words.text()).find();
  }
}
