package io.soracourier.text;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Takes secrets out of what is written to the console: out of the lines of libraries, whose words
 * may be those of a server, and out of every stack trace. The courier's own lines are left as they
 * are, because they have ids in them and secrets were taken out of the words of others before.
 */
@LoggingFilter(name = SecretFilter.NAME)
public final class SecretFilter implements Filter {
  static final String NAME = "secrets";

  private static final String OWN = "io.soracourier";

  /** For the text of a line, with its parameters inserted. */
  private static final Formatter WORDS = new PatternFormatter("%s");

  private static final int MAX_LINE = 16 * 1024;

  @Override
  public boolean isLoggable(LogRecord line) {
    if (line.getThrown() != null) {
      line.setThrown(RedactedThrowable.of(line.getThrown()));
    }
    if (line instanceof ExtLogRecord record && !isOwn(record)) {
      String message = WORDS.formatMessage(record);
      String redacted = message == null ? null : Redaction.of(message, MAX_LINE);
      if (redacted != null && !redacted.equals(message)) {
        record.setMessage(redacted, FormatStyle.NO_FORMAT);
      }
    }
    return true;
  }

  private static boolean isOwn(LogRecord line) {
    String name = String.valueOf(line.getLoggerName());
    return name.equals(OWN) || name.startsWith(OWN + ".");
  }
}
