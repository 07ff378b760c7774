package io.soracourier.sora;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.text.Excerpt;
import io.soracourier.text.ReceivedText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A body in words, for a message. Nothing of a body that may be a job is quoted, because the prompt
 * is in it.
 */
public final class ReceivedBody {
  private static final int MAX_SHAPE = 500;
  private static final int MAX_TITLE = 100;
  private static final Pattern PAGE =
      Pattern.compile(
          "(?is)\\A[\\s\\uFEFF]*(?:<\\?xml[^>]*>\\s*)?(?:<!--.*?-->\\s*)*"
              + "<(?:!doctype\\s+html|html|head|body|title|meta|script|div)\\b");
  private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");
  private static final Pattern LIKE_JOB =
      Pattern.compile("prompt|\"(status|object)\"", Pattern.CASE_INSENSITIVE);
  private static final Pattern LIKE_JSON = Pattern.compile("(?s)\\A[\\s\\uFEFF]*[\\[{\"]");

  private ReceivedBody() {}

  /** Keys and types of a JSON document. */
  static String shape(JsonNode json) {
    return "JSON with the shape " + Excerpt.of(JsonShape.of(json).toString(), MAX_SHAPE);
  }

  /** Whether it may be a job, or a part of one, whatever else is in it. */
  public static boolean mayBeJob(String body) {
    return LIKE_JOB.matcher(body).find();
  }

  /** Its beginning, or what it is where that may be a job's. */
  public static String words(String body) {
    if (body.isBlank()) {
      return "(no text)";
    }
    if (ReceivedText.isBinary(body)) {
      return "binary data";
    }
    return mayBeJob(body)
        ? "a text of %d characters that may be a part of a job".formatted(body.length())
        : SoraErrors.printable(body);
  }

  /** The same of a JSON document. */
  static String words(JsonNode json, String body) {
    return mayBeJob(body) ? shape(json) : SoraErrors.printable(body);
  }

  /** Whether it is a page for people. */
  static boolean isPage(@Nullable String contentType, String body) {
    String type = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
    return PAGE.matcher(body).lookingAt()
        || (type.startsWith("text/html") || type.startsWith("application/xhtml"))
            && !LIKE_JSON.matcher(body).lookingAt();
  }

  /** What such a page calls itself, in quotes, or nothing. */
  static String title(String page) {
    Matcher title = TITLE.matcher(page);
    String text = title.find() ? Excerpt.of(title.group(1), MAX_TITLE) : "";
    return text.isEmpty() ? "" : ", '" + text + "'";
  }
}
