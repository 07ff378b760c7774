package io.soracourier.courier;

import io.soracourier.text.Excerpt;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Writes the events of one look as lines of {@code key=value}, beginning with {@code event=}.
 * Values with anything but plain characters stand in double quotes, with quotes and backslashes
 * escaped, so that an event is always one line. Values of others are cut, and lose what no line or
 * no reader should have; see {@link Excerpt}.
 */
public final class LookLog {
  private static final Logger LOG = Logger.getLogger("io.soracourier");
  private static final int LONGEST = 2_000;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/+@%,-]+");

  private final String prefix;

  private LookLog(String prefix) {
    this.prefix = prefix;
  }

  /** For a look by this invocation of the host. */
  public static LookLog of(String invocationId) {
    return new LookLog("").with(LogField.INVOCATION_ID, invocationId);
  }

  /** The same with a field more on each line; null adds none. */
  public LookLog with(LogField field, Object value) {
    return value == null ? this : new LookLog(prefix + " " + pair(field, value));
  }

  public void write(LogEvent event) {
    LOG.log(event.level(), "event=" + event.code() + prefix);
  }

  /** An error of the program itself, with its stack. */
  void writeError(RuntimeException e) {
    LOG.error("event=error" + prefix, e);
  }

  private static String pair(LogField field, Object value) {
    String text = Excerpt.of(value.toString(), LONGEST);
    if (PLAIN.matcher(text).matches()) {
      return field.key() + "=" + text;
    }
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return field.key() + "=\"" + quoted + "\"";
  }
}
