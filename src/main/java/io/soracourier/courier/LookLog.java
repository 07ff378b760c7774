package io.soracourier.courier;

import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Writes the events of one look as lines of {@code key=value}, beginning with {@code event=}.
 * Values with anything but plain characters stand in double quotes, with quotes and backslashes
 * escaped and control characters replaced, so that an event is always one line.
 */
public final class LookLog {
  private static final Logger LOG = Logger.getLogger("io.soracourier");
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

  private static String pair(LogField field, Object value) {
    String text = value.toString();
    if (PLAIN.matcher(text).matches()) {
      return field.key() + "=" + text;
    }
    String quoted =
        text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
    return field.key() + "=\"" + quoted + "\"";
  }
}
