package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.text.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookLogTest {
  private final Logger logger = Logger.getLogger("io.soracourier");
  private final List<LogRecord> records = new ArrayList<>();
  private final Handler collector = new RecordCollector(records);

  @BeforeEach
  void listen() {
    logger.addHandler(collector);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(collector);
    logger.setUseParentHandlers(true);
  }

  @Test
  void event_isALineOfFieldsInTheirOrder() {
    LookLog.of("8b2f")
        .with(LogField.JOB_ID, "task_1")
        .with(LogField.LOOK, 3)
        .with(LogField.BYTES, null)
        .write(LogEvent.LOOK);

    assertThat(line()).isEqualTo("event=look invocationId=8b2f jobId=task_1 look=3");
  }

  @Test
  void fieldsOfOneLine_areNotOnTheNext() {
    LookLog log = LookLog.of("8b2f");
    log.with(LogField.BYTES, 1).write(LogEvent.COPIED);
    records.clear();

    log.write(LogEvent.LOOK);

    assertThat(line()).isEqualTo("event=look invocationId=8b2f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain_1.2:3/4+5@6%7,8-9       | plain_1.2:3/4+5@6%7,8-9
          two words                     | "two words"
          a=b                           | "a=b"
          say "hi"                      | "say \\"hi\\""
          back\\slash                    | "back\\\\slash"
          größe                         | "größe"
          ``                            | ""
          %s %n {0}                     | "%s %n {0}"
          https://h/p?sig=SECRET        | "https://h/p?…"
          Bearer SECRETSECRET           | "Bearer …"
          """)
  void anyValue_isQuotedWhereItHasTo(String value, String written) {
    LookLog.of("i").with(LogField.MESSAGE, value).write(LogEvent.LOOK);

    assertThat(line()).isEqualTo("event=look invocationId=i message=" + written);
  }

  @Test
  void secret_isTakenOutOfSentencesAndStaysInIds() {
    String key = "Mf4pRt8YsWcD";
    Secrets.register("key of this test", key);
    String job = "video_" + key;
    String url = "https://a.blob.core.windows.net/videos/" + job + ".mp4";

    LookLog.of(key)
        .with(LogField.JOB_ID, job)
        .with(LogField.GENERATION_ID, key)
        .with(LogField.CORRELATION_ID, "order " + key)
        .with(LogField.BLOB_URL, url)
        .with(LogField.STATE, "state-" + key)
        .with(LogField.MESSAGE, "GET /videos/" + job + " returned: no " + key + "1, not " + job)
        .write(LogEvent.LOOK);

    assertThat(line())
        .isEqualTo(
            ("event=look invocationId=KEY jobId=video_KEY generationId=KEY"
                    + " correlationId=\"order KEY\" blobUrl="
                    + url
                    + " state=\"state-…\""
                    + " message=\"GET /videos/video_KEY returned: no …1, not video_KEY\"")
                .replace("KEY", key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nevent=copied",
        "a\u0000b",
        "a\u0085event=copied",
        "a\u2028event=copied",
        "a\u2029b",
        "\u001b[2Ja",
        "\u009b2Ja",
        "a\ud800",
        "\u202eab"
      })
  void anyValue_isOneLineWithoutControls(String value) {
    LookLog.of(value).with(LogField.MESSAGE, value).write(LogEvent.FAILED);

    assertThat(line()).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u202e]");
  }

  @Test
  void longValue_isCut() {
    LookLog.of("i").with(LogField.CORRELATION_ID, "x".repeat(100_000)).write(LogEvent.LOOK);

    assertThat(line()).hasSizeLessThan(2_100);
  }

  @ParameterizedTest
  @EnumSource
  void everyEvent_hasItsLevel(LogEvent event) {
    LookLog.of("i").write(event);

    assertThat(records.get(0).getLevel().intValue())
        .isEqualTo(
            switch (event) {
              case LOOK, RESOLVED, COPIED, LOOK_AGAIN, HARVEST -> Level.INFO.intValue();
              case FAILED, FEWER_VIDEOS, NOT_RECORDED, HARVEST_TROUBLE -> Level.WARNING.intValue();
              case DENIED -> Level.SEVERE.intValue();
            });
  }

  @Test
  void errorOfTheProgram_comesWithItsStack() {
    RuntimeException error = new IllegalStateException("bug");

    LookLog.of("i").with(LogField.JOB_ID, "a").writeError(error);

    assertThat(line()).isEqualTo("event=error invocationId=i jobId=a");
    assertThat(records.get(0).getThrown()).isSameAs(error);
  }

  private String line() {
    assertThat(records).hasSize(1);
    return records.get(0).getMessage();
  }
}
