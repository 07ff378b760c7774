package io.soracourier.function;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.TextNode;
import io.soracourier.courier.LookNote;
import io.soracourier.courier.Notes;
import io.soracourier.local.SeedSource;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools and people really put on a queue. */
class MessageFormsPropertyTest {
  private static final String TASK = "task_01k742sg3vabcdefghjkmnpqrs";
  private static final String VIDEO = "video_68e6f0a1b2c4819095f3d1a2b3c4d5e6";
  private static final String UUID = "0b9f6c1e-3a52-4c0e-9d0b-7b1e2a3c4d5f";

  private static final LookNote NOTE = Notes.of(1, Instant.EPOCH, null);

  /** An id that is Base64 of readable text, as gateways issue: it is the id. */
  private static final String READABLE_BASE64 =
      Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString("projects/p/locations/l/operations/0123456789".getBytes(UTF_8));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"" + TASK + "\"",
        "'" + TASK + "'",
        "\u201C" + TASK + "\u201D",
        "`" + TASK + "`",
        " \" " + TASK + " \" ",
        "\"\\\"" + TASK + "\\\"\"",
        "\uFEFF" + TASK,
        "\uFEFF\"" + TASK + "\"",
        "\u200B" + TASK + "\u200B\u2060",
        "\u00A0" + TASK + "\u3000\u0000",
        "\u202A" + TASK + "\u202C",
        "\"{\\\"jobId\\\":\\\"" + TASK + "\\\"}\"",
        "\"\\\"{\\\\\\\"jobId\\\\\\\":\\\\\\\"" + TASK + "\\\\\\\"}\\\"\"",
        "\uFEFF{\"jobId\":\"" + TASK + "\"}",
        "{\"jobId\":\" " + TASK + "\\u200b\"}",
        "{\"jobId\":\"\\\"" + TASK + "\\\"\"}",
        "{\"JobId\":\"" + TASK + "\"}",
        "{\"jobid\":\"" + TASK + "\"}",
        "{\"JOB_ID\":\"" + TASK + "\"}",
        "{\"job-id\":\"" + TASK + "\"}",
        "{\"jobId\":\"" + TASK + "\",\"JobId\":\"other\"}",
        "{\"id\":\"" + TASK + "\",\"object\":\"video.generation.job\",\"status\":\"queued\"}",
        "{\"object\":\"video\",\"id\":\"" + TASK + "\",\"prompt\":\"a cat\"}",
        "{\"id\":\"gen_1\",\"object\":\"video.generation\",\"job_id\":\"" + TASK + "\"}",
      })
  void whatToolsPutAroundAJob_isTakenOff(String text) {
    for (byte[] body : encodings(text)) {
      JobMessage job = JobMessage.parse(body);

      assertThat(job.jobId()).hasToString(TASK);
      assertThat(JobMessage.parse(job.with(NOTE).getBytes(UTF_8)).jobId()).hasToString(TASK);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"JobId":"a","CorrelationId":"order-42"}                | "order-42"
          {"job_id":"a","correlation_id":1.50}                    | 1.50
          {"jobId":"a","correlationId":1,"CorrelationId":2}       | 1
          eyJqb2JJZCI6ImEiLCJjb3JyZWxhdGlvbklkIjoiY2Fm6SJ9        | "caf\u00e9"
          "{\\"jobId\\":\\"a\\",\\"correlationId\\":{\\"n\\":1.50}}" | {"n":1.50}
          """)
  void correlationIdInAnyForm_isReturned(String body, String correlationId) {
    assertThat(JobMessage.parse(body.getBytes(UTF_8)).correlationId()).isEqualTo(correlationId);
  }

  static Stream<String> ids() {
    return Stream.of(TASK, VIDEO, UUID, "0123456789abcdef0123456789abcdef", READABLE_BASE64);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void id_isItself(String id) {
    for (byte[] body : encodings(id)) {
      assertThat(JobMessage.parse(body).jobId()).hasToString(id);
    }
  }

  /** Each could be Base64 of something as short. */
  @ParameterizedTest
  @ValueSource(strings = {"abcd", "a1b", "YWJjZA", "42", "1234567", "MTIzNDU2Nzg5"})
  void shortId_isNotDecoded(String id) {
    assertThat(JobMessage.parse(id.getBytes(UTF_8)).jobId()).hasToString(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WzFd                                      | [1]
          W3siam9iSWQiOiJhIn1d                      | [{"jobId":"a"}]
          eyJqb2JJZCI6InRhc2tfMDFrNzQyc2cz          | {"jobId":"task_01k742sg3
          eyJqb2JJZCI6NDJ9                          | {"jobId":42}
          aHR0cHM6Ly9leGFtcGxlLmNvbS92aWRlb3MvMSEh  | https://example.com/videos/1!!
          aGVsbG8gd29ybGQh                          | hello world!
          "WzFd"                                    | [1]
          V3pGZA==                                  | [1]
          eyJqb2JJZCI6InRhc2tfMDFrNzQyc             | {"jobId":"task_01k742
          InRhc2tfMDFrNzQyc2czdmFiY2RlZmdoa         | "task_01k742sg3vabcdefgh
          eyJqb2JJZCI6ImEiLCJ4IjoiByJ9              | {"jobId":"a","x":"\\u0007"}
          dmlkZW9fNjhlNmYwYTFiMmM0ODE5LDAs          | video_68e6f0a1b2c4819,0,
          """)
  void base64OfWhatIsNotAJob_isInvalidAndShownDecoded(String body, String shown) {
    InvalidMessageException e = invalid(body.getBytes(UTF_8));

    assertThat(e.offending()).isEqualTo(shown);
    assertThat(e.getMessage()).contains(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "task_\u200b01, task_\\u200b01",
    "task\ufeff_1, task\\ufeff_1",
    "task\u00a01, task\\u00a01",
    "task\u202e1, task\\u202e1",
    "\u0007task 1, task 1",
    "tas\u0007k, tas\\u0007k",
    "tas\ud83d\udc7bk, tas\ud83d\udc7bk",
  })
  void characterThatIsNotSeen_isShownAsAnEscape(String body, String shown) {
    InvalidMessageException e = invalid(body.getBytes(UTF_8));

    assertThat(e.offending()).isEqualTo(shown);
    assertThat(e.getMessage()).endsWith("'" + shown + "'");
  }

  /**
   * The sender knows its id again, in whatever it was wrapped; what is not an id is never
   * requested.
   */
  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void idOrGarbageInAnyWrapping_isTheIdOrInvalid(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> ids = ids().toList();
    List<String> garbage =
        List.of(
            "[1]", "{\"a\":", "{}", "[]", "a b c d e", "<html>", "https://h/x?y=1", "<p>x y</p>");
    for (int i = 0; i < 3_000; i++) {
      boolean job = random.nextBoolean();
      String text = job ? pick(ids, random) : pick(garbage, random);
      for (int layers = random.nextInt(4); layers > 0; layers--) {
        text = pick(WRAPPINGS, random).apply(text);
      }
      byte[] body = pick(encodings(text), random);
      if (job) {
        String id = JobMessage.parse(body).jobId().value();
        assertThat(ids).as(new String(body, UTF_8)).contains(id);
      } else {
        invalid(body);
      }
    }
  }

  private static final List<UnaryOperator<String>> WRAPPINGS =
      List.of(
          text -> TextNode.valueOf(text).toString(),
          text -> "'" + text + "'",
          text -> "\uFEFF" + text,
          text -> " \u200b" + text + "\r\n\u0000",
          text -> Base64.getEncoder().encodeToString(text.getBytes(UTF_8)),
          text -> Base64.getMimeEncoder().encodeToString(text.getBytes(UTF_8)),
          text -> Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_16LE)));

  private static <T> T pick(List<T> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }

  private static List<byte[]> encodings(String text) {
    List<byte[]> bodies = new ArrayList<>();
    bodies.add(text.getBytes(UTF_8));
    List<byte[]> inner = new ArrayList<>(bodies);
    inner.add(("\uFEFF" + text).getBytes(UTF_8));
    for (Charset charset :
        List.of(UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"))) {
      inner.add(("\uFEFF" + text).getBytes(charset));
      if (text.charAt(0) < 0x80) {
        inner.add(text.getBytes(charset));
      }
    }
    bodies.addAll(inner);
    for (byte[] bytes : inner) {
      bodies.add(Base64.getEncoder().encode(bytes));
      bodies.add(Base64.getMimeEncoder().encode(bytes));
      bodies.add(Base64.getUrlEncoder().withoutPadding().encode(bytes));
    }
    return bodies;
  }

  private static InvalidMessageException invalid(byte[] body) {
    InvalidMessageException e =
        catchThrowableOfType(InvalidMessageException.class, () -> JobMessage.parse(body));
    assertThat(e).as(new String(body, UTF_8)).isNotNull();
    return e;
  }
}
