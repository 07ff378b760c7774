package io.soracourier.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretFilterTest {
  private static final String SECRET = "Zq7xVn2LwT";
  private static final String LIBRARY = "io.vertx.core.http.HttpClient";
  private static final String OWN = "io.soracourier";

  private final Secrets.Registration known = Secrets.registerUntilClosed(List.of(SECRET));

  @AfterEach
  void forget() {
    known.close();
  }

  @Test
  void lineOfALibrary_losesSecretsAlsoInItsParameters() {
    assertThat(written(line(LIBRARY, FormatStyle.PRINTF, "%s: bad header %s", "a", SECRET)))
        .isEqualTo("a: bad header …\n");
    assertThat(written(line(LIBRARY, FormatStyle.MESSAGE_FORMAT, "got {0}{1}", "%", SECRET)))
        .isEqualTo("got %…\n");
    assertThat(written(line(LIBRARY, FormatStyle.NO_FORMAT, "sent Bearer abcdefgh12345678 to a")))
        .isEqualTo("sent Bearer … to a\n");
    assertThat(written(line(LIBRARY, FormatStyle.PRINTF, "nothing in %s", "it")))
        .isEqualTo("nothing in it\n");
  }

  @Test
  void ownLine_isLeftAsItIs() {
    String text = "event=look jobId=video_" + SECRET;

    assertThat(written(line(OWN, FormatStyle.NO_FORMAT, text))).isEqualTo(text + "\n");
  }

  @Test
  void stackTrace_losesSecretsInCausesAndSuppressedOnes() {
    IllegalArgumentException root =
        new IllegalArgumentException("a header must not contain '\\n': Bearer " + SECRET + "\n");
    RuntimeException outer = new RuntimeException("token=" + SECRET, root);
    outer.addSuppressed(new IllegalStateException("api-key: unknown-" + SECRET));
    root.addSuppressed(outer);
    ExtLogRecord line = line(OWN, FormatStyle.NO_FORMAT, "event=error");
    line.setThrown(outer);

    assertThat(written(line))
        .startsWith("event=error: java.lang.RuntimeException: token=…")
        .contains(
            "Caused by: java.lang.IllegalArgumentException: a header must not contain",
            "Suppressed: java.lang.IllegalStateException: api-key: …",
            "\tat " + SecretFilterTest.class.getName() + ".stackTrace_loses")
        .doesNotContain(SECRET);
  }

  private static ExtLogRecord line(String logger, FormatStyle style, String text, Object... parts) {
    ExtLogRecord line = new ExtLogRecord(Level.ERROR, text, style, logger);
    line.setLoggerName(logger);
    line.setParameters(parts);
    return line;
  }

  private static String written(ExtLogRecord line) {
    assertThat(new SecretFilter().isLoggable(line)).isTrue();
    return new PatternFormatter("%m%n").format(line);
  }
}
