package io.soracourier.sora;

import io.soracourier.sora.SoraException.Kind;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an error response means.
 *
 * <p>Source: the servers in {@code docs/reference/servers.md}; responses of Azure OpenAI.
 */
final class ErrorKind {
  /** Of the model, and not of one video: {@code ModelDeprecated} at Azure. */
  private static final Pattern RETIRED =
      Pattern.compile(
          "(model|deployment)[ _-]?(is |was |has been )?(deprecated|retired|decommissioned)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern EXPIRED = Pattern.compile("expired", Pattern.CASE_INSENSITIVE);

  /** What else than a video expires. */
  private static final Pattern OF_THE_CALLER =
      Pattern.compile(
          "token|key|credential|session|signature|auth|certificate|subscription|licen[sc]e|plan",
          Pattern.CASE_INSENSITIVE);

  /** LiteLLM sends 400 with {@code budget_exceeded}. */
  private static final Pattern PAYMENT =
      Pattern.compile(
          "budget|payment|insufficient[ _-]?(quota|credit|balance|fund)|quota[ _-]?exceeded",
          Pattern.CASE_INSENSITIVE);

  /** With these a code with "expired" is about the video, or names what it is about. */
  private static final Set<Integer> WITH_A_CODE = Set.of(400, 403, 404, 409, 422);

  /** {@code task_not_exist} with 400 at new-api. */
  private static final Pattern NO_SUCH_JOB =
      Pattern.compile(
          "(task|job|video|generation|request)([ _-]?id)?[ _-]?"
              + "((is|was|does|do|could|can)[ _-]?)?not[ _-]?(be[ _-])?(exist|found)"
              + "|(no[ _-]such|unknown)[ _-](task|job|video)",
          Pattern.CASE_INSENSITIVE);

  private static final ErrorWords NO_WORDS = new ErrorWords("", "");

  private ErrorKind() {}

  /** Of an error response. A page's words are for people, and not the API's: its status counts. */
  static Kind of(int status, UnaryOperator<String> header, String body) {
    boolean page = ReceivedBody.isPage(header.apply("Content-Type"), body);
    return of(status, page ? NO_WORDS : ErrorWords.ofResponse(body));
  }

  private static Kind of(int status, ErrorWords words) {
    if (Moderation.isReason(status, words)) {
      return Kind.MODERATED;
    }
    if (status / 100 == 4 && isIn(RETIRED, words)) {
      return Kind.RETIRED;
    }
    if (status == 410) {
      return Kind.EXPIRED;
    }
    if (WITH_A_CODE.contains(status) && EXPIRED.matcher(words.code()).find()) {
      return OF_THE_CALLER.matcher(words.code()).find() ? Kind.DENIED : Kind.EXPIRED;
    }
    if (isPayment(status, words.code())) {
      return Kind.DENIED;
    }
    return switch (status) {
      case 401, 403 -> Kind.DENIED;
      case 404 -> Kind.NOT_FOUND;
      case 408, 409, 423, 425, 429 -> Kind.THROTTLED;
      case 400, 422 -> isIn(NO_SUCH_JOB, words) ? Kind.NOT_FOUND : Kind.REJECTED;
      default -> status >= 500 || status < 400 ? Kind.UNAVAILABLE : Kind.REJECTED;
    };
  }

  /** Whether the server refuses every request until somebody pays. */
  static boolean isPayment(@Nullable Integer status, String words) {
    return Integer.valueOf(402).equals(status)
        || (Integer.valueOf(400).equals(status) || Integer.valueOf(403).equals(status))
            && PAYMENT.matcher(words).find();
  }

  private static boolean isIn(Pattern pattern, ErrorWords words) {
    return pattern.matcher(words.code()).find() || pattern.matcher(words.text()).find();
  }
}
