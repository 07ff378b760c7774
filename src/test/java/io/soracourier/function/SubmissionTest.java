package io.soracourier.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {
  private static List<Submission> in(String body) {
    return Submission.in(body.getBytes(StandardCharsets.UTF_8), 200).jobs();
  }

  private static List<String> ids(String body) {
    return in(body).stream()
        .map(one -> one.job() == null ? "-" : one.job().jobId().value())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "video_1",
        " video_1\r\n",
        "\"video_1\"",
        "\ufeffvideo_1",
        "{\"jobId\":\"video_1\"}",
        "{\n  \"jobId\": \"video_1\"\n}",
        "jobId=video_1",
        "JobId=video_1",
        "job_id=video_1",
        "jobId=video_1\n",
        "{\"object\":\"video\",\n\"id\":\"video_1\"}",
      })
  void oneJob_isFoundInWhateverIsSent(String body) {
    assertThat(ids(body)).containsExactly("video_1");
  }

  @Test
  void linesOfIds_areAJobEach() {
    assertThat(ids("video_1\r\n\r\n  video_2\nno id at all\nvideo_3\n"))
        .containsExactly("video_1", "video_2", "-", "video_3");
  }

  @Test
  void linesOfObjects_areAJobEach() {
    assertThat(ids("{\"jobId\":\"video_1\",\"correlationId\":1}\n{\"jobId\":\"video_2\"}\nvideo_3"))
        .containsExactly("video_1", "video_2", "video_3");
  }

  @Test
  void objectOverSeveralLinesThatIsNoJob_isOneError() {
    List<Submission> one = in("{\n  \"job\": \"video_1\"\n}");

    assertThat(one).hasSize(1);
    assertThat(one.get(0).error()).hasMessageContaining("it has no jobId");
  }

  @ParameterizedTest
  @CsvSource({
    "jobId=a%3Ab, a:b",
    "jobId=a%253Ab, a%3Ab",
    "jobId=a+b, a+b",
    "jobId=a%2Bb, a+b",
    "jobId=+a+, a",
    "jobId=Zm9v%3D%3D, Zm9v==",
  })
  void fieldOfAForm_isDecoded(String body, String id) {
    assertThat(ids(body)).containsExactly(id);
  }

  @Test
  void formWithMore_takesItAlong() {
    Submission one = in("correlationId=order+42&jobId=video_1").get(0);

    assertThat(one.job().correlationId()).isEqualTo("\"order 42\"");
    assertThat(one.job().text())
        .isEqualTo("{\"correlationId\":\"order 42\",\"jobId\":\"video_1\"}");
  }

  @Test
  void severalFieldsOfAForm_areAJobEach() {
    assertThat(ids("jobId=video_1&jobId=video_2")).containsExactly("video_1", "video_2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jobId=video_1\njobId=video_2",
        "\"video_1\"\n\"video_2\"",
        "'video_1'\r\n'video_2'\r\n",
        "order1=5&a.b=6&jobId=video_1&jobId=video_2",
        "--b\r\nContent-Disposition: form-data; name=\"jobId\"\r\n\r\nvideo_1\r\n--b\r\nContent-Disposition: form-data; name=jobId\r\n\r\nvideo_2\r\n--b--\r\n",
      })
  void twoJobs_areFoundInWhateverIsSent(String body) {
    assertThat(ids(body)).containsExactly("video_1", "video_2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\n \"video_1\",\n \"video_2\"\n]",
        "[\n{\"jobId\":\"video_1\"},\n{\"jobId\":\"video_2\"}\n]",
      })
  void arrayOverSeveralLines_isOneError(String body) {
    assertThat(ids(body)).containsExactly("-");
    assertThat(in(body).get(0).error()).hasMessageContaining("it is a JSON array");
  }

  @Test
  void manyLines_areReadUpToTheBound() {
    Submission.Body body =
        Submission.in("a\n".repeat(524_288).getBytes(StandardCharsets.UTF_8), 200);

    assertThat(body.jobs()).hasSize(200);
    assertThat(body.beyond()).isEqualTo(524_288 - 200);
  }

  @Test
  void manyFields_areNoTrouble() {
    assertThat(in("a=b&".repeat(50_000) + "jobId=video_1")).hasSize(1);
    assertThat(ids("a=b&".repeat(900) + "jobId=video_1")).containsExactly("video_1");
  }

  @Test
  void noteOfTheCourier_isNotAcceptedFromOutside() {
    Submission one =
        in("{\"jobId\":\"video_1\",\"mine\":1,\"look\":{\"number\":7,\"first\":\"2026-01-01T00:00:00Z\"}}")
            .get(0);

    assertThat(one.job().look().number()).isZero();
    assertThat(one.job().text()).isEqualTo("{\"jobId\":\"video_1\",\"mine\":1}");
  }

  /**
   * The first is Base64 of "gateway-job-123456", the second of {"jobId":"a"}, the third of "a b".
   */
  @ParameterizedTest
  @ValueSource(strings = {"Z2F0ZXdheS1qb2ItMTIzNDU2", "eyJqb2JJZCI6ImEifQ==", "ImEgYiI="})
  void idThatIsBase64_isTheSameOneOnTheQueue(String id) {
    String text = in("{\"jobId\":\"" + id + "\"}").get(0).job().text();

    assertThat(JobMessage.parse(text.getBytes(StandardCharsets.UTF_8)).jobId().value())
        .isEqualTo(id);
  }

  @Test
  void bareId_isSentAsItIs() {
    assertThat(in("jobId=video_1").get(0).job().text()).isEqualTo("video_1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\n\n", "[]", "[\"a\",\"b\"]", "jobId=", "hello world", "{\"a\":1}", "{"})
  void malformedBody_isOneErrorWithASentence(String body) {
    List<Submission> one = in(body);

    assertThat(one).hasSize(1);
    assertThat(one.get(0).error().getMessage()).contains("put a job id on the queue");
  }

  @Test
  void bytesThatAreNoText_areAnError() {
    assertThat(Submission.in(new byte[] {(byte) 0xff, 0, 1}, 200).jobs().get(0).job()).isNull();
  }

  @Test
  void utf16_isRead() {
    assertThat(Submission.in("video_1".getBytes(StandardCharsets.UTF_16), 200).jobs().get(0).job())
        .isNotNull();
  }
}
