package io.soracourier.sora;

import java.util.Set;
import java.util.regex.Pattern;

/** Distinguishes a refusal of a video's content, or of its prompt, from one of the caller. */
final class Moderation {
  /**
   * Of the content itself: a "policy" alone may be one of a network, a vault or an API gateway.
   *
   * <p>Source: codes and sentences of Azure OpenAI, OpenAI, xAI, Gemini and Vertex ({@code
   * raiMediaFilteredReasons}), Bedrock, Alibaba ({@code DataInspectionFailed}), Volcengine ({@code
   * OutputVideoSensitiveContentDetected}), Runway ({@code SAFETY.INPUT.TEXT}) and gateways, in
   * their documents, in clients, and in public reports.
   */
  private static final Pattern WORDS =
      pattern(
          "content[ _-]?(polic(y|ies)|filter|safety|risk)",
          "moderat(ion|ed)",
          "safety[ _.-]?(system|policy|policies|filter|check|input|output|violation|settings)",
          "sentinel_block",
          "usage[ _-]?(polic|guideline)",
          "responsible[ _-]?ai",
          "(?<![a-z])rai[ _-]?(media|filter|polic)",
          "sensitive[ _-]?(content|word|information|material)",
          "data[ _-]?inspection",
          "(inappropriate|prohibited|unsafe|harmful|explicit|disallowed)[ _-]?content",
          "(?<![a-z])nsfw(?![a-z])",
          "guardrail");

  /** Of a job that failed no other policy is meant. */
  private static final Pattern WORDS_OF_A_JOB =
      pattern(
          "violat\\w*[^.]{0,80}(polic|guideline|terms|rule)", "(polic|guideline)\\w*[ _-]?violat");

  /** Zhipu's and MiniMax's numbers. */
  private static final Set<String> CODES_OF_A_JOB = Set.of("1301", "1026", "1027");

  private Moderation() {}

  /** Whether an error response is about the content. */
  static boolean isReason(int status, ErrorWords words) {
    boolean aboutTheRequest = status >= 400 && status < 500 && status != 401 && status != 429;
    return aboutTheRequest && isIn(WORDS, words);
  }

  /** Whether a job failed for its content. */
  static boolean isReason(ErrorWords words) {
    return isIn(WORDS, words)
        || isIn(WORDS_OF_A_JOB, words)
        || CODES_OF_A_JOB.contains(words.code());
  }

  private static boolean isIn(Pattern pattern, ErrorWords words) {
    return pattern.matcher(words.code()).find() || pattern.matcher(words.text()).find();
  }

  private static Pattern pattern(String... alternatives) {
    return Pattern.compile(String.join("|", alternatives), Pattern.CASE_INSENSITIVE);
  }
}
