package io.soracourier.courier;

import io.soracourier.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one look as lines of {@code key=value}, beginning with {@code event=}.
 * Values with anything but plain characters stand in double quotes, with quotes and backslashes
 * escaped, so that an event is always one line. Values are cut, and lose what no line or no reader
 * should have; see {@link Excerpt}. Ids stay as they are, in their own fields and in sentences.
 */
public final class LookLog {
  private static final Logger LOG = Logger.getLogger("io.soracourier");
  private static final int MAX_LENGTH = 2_000;
  private static final int MAX_WORDS = 500;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/+@%,-]+");

  private final String prefix;
  private final List<String> ids;

  private LookLog(String prefix, List<String> ids) {
    this.prefix = prefix;
    this.ids = ids;
  }

  /** For a look by this invocation of the host. */
  public static LookLog of(String invocationId) {
    return new LookLog("", List.of()).with(LogField.INVOCATION_ID, invocationId);
  }

  /** The same with a field more on each line; null adds none. */
  public LookLog with(LogField field, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    List<String> known = new ArrayList<>(ids);
    if (field == LogField.JOB_ID || field == LogField.GENERATION_ID) {
      known.add(value.toString());
    }
    return new LookLog(prefix + " " + pair(field, value.toString()), known);
  }

  public void write(LogEvent event) {
    LOG.log(event.level(), "event=" + event.code() + prefix);
  }

  /** An error of the program itself, with its stack. */
  void writeError(RuntimeException e) {
    LOG.error("event=error" + prefix, e);
  }

  /** The message of an error of the program itself, which may quote others. */
  static String words(RuntimeException e) {
    return Excerpt.of(e.toString(), MAX_WORDS);
  }

  private String pair(LogField field, String value) {
    String text =
        field.isVerbatim() ? Excerpt.line(value, MAX_LENGTH) : Excerpt.of(value, MAX_LENGTH, ids);
    if (PLAIN.matcher(text).matches()) {
      return field.key() + "=" + text;
    }
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return field.key() + "=\"" + quoted + "\"";
  }
}
