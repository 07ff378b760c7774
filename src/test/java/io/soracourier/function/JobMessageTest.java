package io.soracourier.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.courier.Announced;
import io.soracourier.courier.Announced.Awaited;
import io.soracourier.courier.LookNote;
import io.soracourier.courier.Misses;
import io.soracourier.courier.Notes;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobMessageTest {
  private static final String TASK = "task_01k742sg3vabcdefghjkmnpqrs";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Instant FIRST = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        TASK,
        " " + TASK + "\r\n",
        "{\"jobId\":\"" + TASK + "\"}",
        "\n{ \"jobId\" : \"" + TASK + "\" }\n"
      })
  void jobOfEitherForm_isReadPlainAndInBase64(String body) {
    for (String form : List.of(body, base64(body), base64(body) + "\n")) {
      JobMessage job = parse(form);

      assertThat(job.jobId()).hasToString(TASK);
      assertThat(job.correlationId()).isNull();
      assertThat(job.correlationText()).isNull();
      assertThat(job.look()).isEqualTo(LookNote.NONE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcd", "0123456789abcdef0123456789abcdef", "task0001"})
  void idThatHappensToBeBase64_isKept(String id) {
    assertThat(parse(id).jobId()).hasToString(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "order-42"                            | order-42
          ""                                    | ''
          42                                    | 42
          9007199254740993                      | 9007199254740993
          123456789012345678901234567890        | 123456789012345678901234567890
          1.10                                  | 1.10
          100.0                                 | 100.0
          0.1000000000000000055511151231257827  | 0.1000000000000000055511151231257827
          0.0000001                             | 0.0000001
          1e400                                 | 1e400
          1E-400                                | 1E-400
          1e9999999999                          | 1e9999999999
          -0                                    | -0
          -0.0                                  | -0.0
          "2026-11-25T10:00:00.120+05:00"       | 2026-11-25T10:00:00.120+05:00
          {"a":1,"a":2}                         | {"a":1,"a":2}
          true                                  | true
          {"a":[1,{"b":null}]}                  | {"a":[1,{"b":null}]}
          [1,"x"]                               | [1,"x"]
          "größe 影片 🎬"                         | größe 影片 🎬
          """)
  void correlationIdOfAnyType_isUntouched(String correlationId, String inTheLog) {
    JobMessage job = parse("{\"jobId\":\"" + TASK + "\",\"correlationId\":" + correlationId + "}");

    assertThat(job.correlationId()).isEqualTo(correlationId);
    assertThat(job.correlationText()).isEqualTo(inTheLog);
    assertThat(job.with(note(1))).contains("\"correlationId\":" + correlationId + ",");
    assertThat(parse(job.with(note(1))).correlationId()).isEqualTo(job.correlationId());
  }

  @Test
  void numberOfTenThousandDigits_isUntouched() {
    String digits = "9".repeat(10_000) + ".50";

    JobMessage job = parse("{\"jobId\":\"a\",\"correlationId\":" + digits + "}");

    assertThat(job.correlationId()).isEqualTo(digits);
    assertThat(parse(job.with(note(1))).correlationId()).isEqualTo(digits);
  }

  @Test
  void correlationIdOverSeveralLines_isPutOnOneAndKeepsItsStrings() {
    JobMessage job =
        parse(
            "{\r\n  \"jobId\": \"a\",\n  \"correlationId\": {\n \"x\" : [ 1.50,\t\" a  b\" ]\n}\n}");

    assertThat(job.correlationId()).isEqualTo("{\"x\":[1.50,\" a  b\"]}");
  }

  /** XML has no way to write them, JSON has. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ufffe\"",
        "\"\\uffff x\"",
        "{\"\\ud800\":1}",
        "\"\\udc00\\ud800\"",
        "\"\\u0000\""
      })
  void characterThatNoQueueMessageCanCarry_isPutBackAsAnEscape(String correlationId)
      throws JsonProcessingException {
    JobMessage job = parse("{\"jobId\":\"a\",\"correlationId\":" + correlationId + "}");

    String again = job.with(note(1));

    assertThat(again).doesNotContainPattern("[\\uFFFE\\uFFFF\\p{Cs}\\p{Cc}]");
    assertThat(JSON.readTree(again).get("correlationId")).isEqualTo(JSON.readTree(correlationId));
    assertThat(parse(again).correlationId()).isEqualTo(job.correlationId());
  }

  @Test
  void correlationIdNull_isAbsent() {
    assertThat(parse("{\"jobId\":\"a\",\"correlationId\":null}").correlationId()).isNull();
  }

  @Test
  void noteOfToday_comesBackAndTellsAnEarlierVersionWhatThatKnew() throws JsonProcessingException {
    Misses misses = new Misses(FIRST.plusSeconds(5), 2);
    LookNote full =
        new LookNote(
            7,
            FIRST,
            FIRST.plusSeconds(90),
            FIRST.plusSeconds(86_400),
            true,
            misses,
            misses,
            new Announced(
                40,
                List.of(new Awaited("gen_2", 2, misses), new Awaited("gen_4", 4, null)),
                List.of("gen_1", "a b")),
            null,
            5);

    String message = parse(TASK).with(full);

    assertThat(parse(message).look()).isEqualTo(full);
    JsonNode json = JSON.readTree(message);
    MessageSchema.JOB.assertValid(json);
    JsonNode look = json.path("look");
    assertThat(look.path("number").intValue()).isEqualTo(7);
    assertThat(look.path("first").textValue()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(look.path("succeeded").textValue()).isEqualTo("2026-11-22T10:01:30Z");
    assertThat(look.path("reported"))
        .extracting(JsonNode::textValue)
        .containsExactly("gen_1", "a b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"missing\":7",
        "\"missing\":{\"looks\":2}",
        "\"missing\":{\"since\":\"2026-11-22T10:00:00Z\",\"looks\":0}",
        "\"missing\":{\"since\":\"2026-11-22T10:00:00Z\",\"looks\":\"2\"}",
        "\"missing\":{\"since\":\"2026-11-22T10:00:00Z\",\"looks\":3000000000}",
        "\"unlisted\":{\"since\":\"soon\",\"looks\":2}",
        "\"until\":1760000000",
        "\"until\":\"soon\"",
        "\"announced\":-3",
        "\"announced\":\"3\"",
        "\"awaited\":\"gen_1\"",
        "\"awaited\":[\"gen_1\",7,null]",
        "\"awaited\":[{\"id\":\"gen_1\"}]",
        "\"awaited\":[{\"id\":\"../x\",\"number\":1}]",
        "\"awaited\":[{\"id\":7,\"number\":1}]",
        "\"somebodys\":[]"
      })
  void memberThatTheCourierCannotHaveWritten_countsAsAbsent(String member) {
    JobMessage job =
        parse(
            "{\"jobId\":\"a\",\"look\":{\"number\":1,\"first\":\"2026-11-22T10:00:00Z\",%s}}"
                .formatted(member));

    assertThat(job.look()).isEqualTo(note(1));
  }

  @Test
  void fieldsThatAreNotKnown_areCarriedAlong() throws JsonProcessingException {
    JobMessage job =
        parse("{\"tenant\":{\"n\":1.50},\"jobId\":\"a\",\"tags\":[\"x\"],\"note\":null}");

    JsonNode again = JSON.readTree(job.with(note(2)));

    assertThat(again)
        .isEqualTo(
            JSON.readTree(
                "{\"tenant\":{\"n\":1.50},\"jobId\":\"a\",\"tags\":[\"x\"],\"note\":null,"
                    + "\"look\":{\"number\":2,\"first\":\"2026-11-22T10:00:00Z\"}}"));
    MessageSchema.JOB.assertValid(again);
  }

  @Test
  void note_comesBackAsItWasPut() throws JsonProcessingException {
    LookNote full = Notes.of(7, FIRST, FIRST.plusSeconds(90), "gen_1", "gen_2");

    String message = parse(TASK).with(full);

    assertThat(parse(message).look()).isEqualTo(full);
    MessageSchema.JOB.assertValid(JSON.readTree(message));
    assertThat(parse(parse(message).with(note(8))).look()).isEqualTo(note(8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "\"3\"",
        "[]",
        "{}",
        "{\"number\":3}",
        "{\"number\":0,\"first\":\"2026-11-22T10:00:00Z\"}",
        "{\"number\":-1,\"first\":\"2026-11-22T10:00:00Z\"}",
        "{\"number\":\"3\",\"first\":\"2026-11-22T10:00:00Z\"}",
        "{\"number\":2147483647,\"first\":\"2026-11-22T10:00:00Z\"}",
        "{\"number\":3000000000,\"first\":\"2026-11-22T10:00:00Z\"}",
        "{\"number\":3,\"first\":\"yesterday\"}",
        "{\"number\":3,\"first\":1760000000}",
        "{\"number\":3,\"first\":\"2026-11-22T10:00:00Z\",\"succeeded\":\"x\"}"
      })
  void noteThatTheCourierCannotHaveWritten_countsAsMissing(String look) {
    JobMessage job = parse("{\"jobId\":\"a\",\"look\":" + look + "}");

    assertThat(job.look()).isEqualTo(LookNote.NONE);
    assertThat(parse(job.with(note(1))).look()).isEqualTo(note(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ../x                          | it is neither a job id nor a JSON object   | ../x
          %2e%2e                        | it is neither a job id nor a JSON object   | %2e%2e
          "task 1"                      | it is neither a job id nor a JSON object   | task 1
          [{"jobId":"a"}]               | it is a JSON array, and each job wants a message of its own | [{"jobId":"a"}]
          "[1]"                         | it is a JSON array, and each job wants a message of its own | [1]
          null                          | it is the word for a value that was not set | null
          "undefined"                   | it is the word for a value that was not set | undefined
          {}                            | it has no jobId                            | {}
          {"id":"video_1"}              | it has no jobId                            | {"id":"video_1"}
          {"object":"list","id":"a"}    | it has no jobId                            | {"object":"list","id":"a"}
          {"object":"video"}            | it has no jobId                            | {"object":"video"}
          {"object":"video","id":7}     | its jobId is not an id                     | {"object":"video","id":7}
          {"JobId":"a","job_id":"b"}    | it has both JobId and job_id               | {"JobId":"a","job_id":"b"}
          {"jobId":null}                | its jobId is not an id                     | {"jobId":null}
          {"jobId":7}                   | its jobId is not an id                     | {"jobId":7}
          {"jobId":"undefined"}         | its jobId is the word for a value that was not set | undefined
          {"object":"video","id":"None"} | its jobId is the word for a value that was not set | None
          {"jobId":["a"]}               | its jobId is not an id                     | {"jobId":["a"]}
          {"jobId":""}                  | its jobId is not an id                     | ''
          {"jobId":"a b"}               | its jobId is not an id                     | a b
          {"jobId":"../x"}              | its jobId is not an id                     | ../x
          {"jobId":"a"                  | it is not valid JSON                       | {"jobId":"a"
          {"jobId":"a"} x               | it is not valid JSON                       | {"jobId":"a"} x
          {"jobId":"a"}{"jobId":"b"}    | it is not valid JSON                       | {"jobId":"a"}{"jobId":"b"}
          {"jobId":"a","jobId":"b"}     | it has jobId twice                         | {"jobId":"a","jobId":"b"}
          {jobId:"a"}                   | it is not valid JSON                       | {jobId:"a"}
          {"jobId":NaN}                 | it is not valid JSON                       | {"jobId":NaN}
          """)
  void messageThatNamesNoJob_isInvalidWithItsText(String body, String why, String offending) {
    InvalidMessageException e = invalid(body.getBytes(UTF_8));

    assertThat(e)
        .hasMessageStartingWith("the message is not a job: " + why + "; put a job id on the queue");
    assertThat(e.offending()).isEqualTo(offending);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\r\n\t"})
  void emptyBody_isInvalid(String body) {
    assertThat(invalid(body.getBytes(UTF_8))).hasMessageContaining("it is empty");
  }

  @Test
  void binaryBody_isInvalidWithWhatIsPrintableOfIt() {
    InvalidMessageException e = invalid(new byte[] {(byte) 0xff, 'a', 0, (byte) 0xfe, '\n'});

    assertThat(e).hasMessageContaining("it is not text");
    assertThat(e.offending()).isEqualTo(".a...");
  }

  @Test
  void idWithALineBreak_isInvalidAndItsTextIsOneLine() {
    InvalidMessageException e = invalid("task_1\r\nX-Injected: \u001b[31m".getBytes(UTF_8));

    assertThat(e.offending()).isEqualTo("task_1\\u000d\\u000aX-Injected: \\u001b[31m");
    assertThat(e.getMessage()).doesNotContainPattern("\\p{Cc}");
  }

  @Test
  void idOfFiveThousandCharacters_isInvalidAndItsTextIsCut() {
    InvalidMessageException e = invalid("x".repeat(5_000).getBytes(UTF_8));

    assertThat(e.offending()).isEqualTo("x".repeat(200) + "…");
  }

  @Test
  void signedUrlByMistake_losesItsSignature() {
    InvalidMessageException e =
        invalid("https://a.blob.core.windows.net/v.mp4?sv=1&sig=SECRET".getBytes(UTF_8));

    assertThat(e.getMessage() + e.offending())
        .contains("a.blob.core.windows.net")
        .doesNotContain("SECRET");
  }

  @Test
  void invalidMessageWithACorrelationId_returnsIt() {
    assertThat(invalid("{\"correlationId\":{\"a\":1.50}}".getBytes(UTF_8)).correlationId())
        .isEqualTo("{\"a\":1.50}");
  }

  static List<String> correlationIdsThatAreTooLarge() {
    return List.of(
        "\"" + "x".repeat(16 * 1024) + "\"",
        "\"" + "影".repeat(6_000) + "\"",
        "\"" + "\\ufffe".repeat(3_000) + "\"",
        "[" + "1,".repeat(9_000) + "1]",
        "{\"a\":".repeat(33) + "1" + "}".repeat(33),
        "[".repeat(900) + "]".repeat(900));
  }

  /** Otherwise the outcome could not be written, and the message would end as poison. */
  @ParameterizedTest
  @MethodSource("correlationIdsThatAreTooLarge")
  void correlationIdThatLeavesNoRoomForTheOutcome_isInvalid(String correlationId) {
    InvalidMessageException e =
        invalid(
            ("{\"jobId\":\"" + TASK + "\",\"correlationId\":" + correlationId + "}")
                .getBytes(UTF_8));

    assertThat(e).hasMessageContaining("its correlationId is ");
    assertThat(e.offending()).isEqualTo(TASK);
    assertThat(e.correlationId()).isNull();
  }

  @Test
  void messageOfNearlyFortyEightKilobytes_leavesRoomForTheNote() {
    String body =
        "{\"jobId\":\""
            + TASK
            + "\",\"x\":\""
            + "影".repeat((JobMessage.MAX_BYTES - 100) / 3)
            + "\"}";
    String[] reported =
        java.util.stream.IntStream.range(0, 5)
            .mapToObj(i -> "g" + i + "x".repeat(190))
            .toArray(String[]::new);

    String again = parse(body).with(Notes.of(9_999, FIRST, FIRST, reported));

    assertThat(again.getBytes(UTF_8)).hasSizeLessThan(64 * 1024);
    assertThat(parse(again).look().number()).isEqualTo(9_999);
  }

  @Test
  void messageOfMoreThanFortyEightKilobytes_isInvalidAndNamesItsJob() {
    String body = "{\"jobId\":\"a\",\"x\":\"" + "x".repeat(JobMessage.MAX_BYTES) + "\"}";

    InvalidMessageException e = invalid(body.getBytes(UTF_8));

    assertThat(e).hasMessageContaining("longer than 49152 bytes");
    assertThat(e.offending()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 20_000})
  void jsonNestedVeryDeep_isInvalid(int depth) {
    String nested = "{\"jobId\":\"a\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

    assertThatThrownBy(() -> parse(nested)).isInstanceOf(InvalidMessageException.class);
  }

  private static LookNote note(int number) {
    return Notes.of(number, FIRST, null);
  }

  private static InvalidMessageException invalid(byte[] body) {
    InvalidMessageException e =
        catchThrowableOfType(InvalidMessageException.class, () -> JobMessage.parse(body));
    assertThat(e).isNotNull();
    return e;
  }

  private static JobMessage parse(String body) {
    return JobMessage.parse(body.getBytes(UTF_8));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
