package io.soracourier.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.local.Waiting;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A message without a job is reported, and nothing is requested for it. */
class InvalidMessagesIT {
  private static final int MAX_EXCERPT = 201;
  @AutoClose private static Deployment courier;
  private static Handler handler;

  @BeforeAll
  static void start() {
    courier = Deployment.start();
    handler = Handler.of(courier.host());
  }

  @AfterEach
  void nobodyWasAsked() {
    assertThat(courier.simulator().requests()).isEmpty();
  }

  /** Message, and the text that the notice carries in place of a job id. */
  static Stream<Arguments> onTheQueue() {
    String long5000 = "a".repeat(5000);
    return Stream.of(
        Arguments.of("../x", "../x"),
        Arguments.of("%2e%2e", "%2e%2e"),
        Arguments.of("100%", "100%"),
        Arguments.of("%2e%2fx%g0", "%2e%2fx%g0"),
        Arguments.of("..", ".."),
        Arguments.of("task_1?api-version=x", "task_1?api-version=x"),
        Arguments.of("task_1#x", "task_1#x"),
        Arguments.of("task_1/../../secret", "task_1/../../secret"),
        Arguments.of("task 1", "task 1"),
        Arguments.of("task_1,task_2", "task_1,task_2"),
        Arguments.of("task_1@2", "task_1@2"),
        Arguments.of("https://example.com/task_1", "https://example.com/task_1"),
        Arguments.of("t\u00e4sk_1", "t\u00e4sk_1"),
        Arguments.of(long5000, "a".repeat(200) + "…"),
        Arguments.of("[\"task_1\"]", "[\"task_1\"]"),
        Arguments.of("\"task 1\"", "task 1"),
        Arguments.of("null", "null"),
        Arguments.of("WzFd", "[1]"),
        Arguments.of("task_\u200b1", "task_\\u200b1"),
        Arguments.of("{\"jobId\":\"task_1\"", "{\"jobId\":\"task_1\""),
        Arguments.of("{}", "{}"),
        Arguments.of("{\"id\":\"task_1\"}", "{\"id\":\"task_1\"}"),
        Arguments.of("{\"jobId\":1234}", "{\"jobId\":1234}"),
        Arguments.of("{\"jobId\":null}", "{\"jobId\":null}"),
        Arguments.of("{\"jobId\":[\"task_1\"]}", "{\"jobId\":[\"task_1\"]}"),
        Arguments.of("{\"jobId\":\"\"}", ""),
        Arguments.of("{\"jobId\":\"../x\"}", "../x"),
        Arguments.of(
            "{\"jobId\":\"task_1\\r\\nX-Injected: 1\"}", "task_1\\u000d\\u000aX-Injected: 1"),
        Arguments.of("{\"jobId\":\"" + long5000 + "\"}", "a".repeat(200) + "…"),
        Arguments.of(base64("task 1, please".getBytes(UTF_8)), "task 1, please"));
  }

  @ParameterizedTest
  @MethodSource("onTheQueue")
  void messageThatIsNotAJob_isReportedWithItsTextCut(String text, String offending) {
    int before = courier.stack().videos().take().size();

    courier.enqueue(text);

    assertInvalid(next(before), offending);
  }

  @Test
  void lineBreaksInAMessage_areInNoLineOfTheLog() {
    int before = courier.stack().videos().take().size();

    courier.enqueue("task_1\r\nevent=copied jobId=task_2");

    assertInvalid(next(before), "task_1\\u000d\\u000aevent=copied jobId=task_2");
    assertThat(courier.stack().handlerLines())
        .noneMatch(line -> line.startsWith("event=copied"))
        .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT.* event=failed .*"));
  }

  @Test
  void correlationIdOfAMessageThatIsNotAJob_isReturned() {
    int before = courier.stack().videos().take().size();

    courier.enqueue("{\"jobId\":\"../x\",\"correlationId\":{\"order\":42}}");

    assertThat(next(before).path("correlationId").toString()).isEqualTo("{\"order\":42}");
  }

  /** What a queue's XML cannot carry, but other clients and bindings may. */
  static Stream<Arguments> handedOver() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return Stream.of(
        Arguments.of(new byte[0], ""),
        Arguments.of(" \r\n\t".getBytes(UTF_8), ""),
        Arguments.of(new byte[] {0}, ""),
        Arguments.of("task\u0000_1".getBytes(UTF_8), "task\\u0000_1"),
        Arguments.of(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}, "\u0100"),
        Arguments.of(new byte[] {(byte) 0xc0, (byte) 0xaf}, ".."),
        Arguments.of(all, null));
  }

  @ParameterizedTest
  @MethodSource("handedOver")
  void bytesThatAreNotAJob_areReported(byte[] body, String offending) throws IOException {
    HttpResponse<String> answer =
        handler.post(
            "/CopyVideo", "{\"Data\":{\"job\":\"%s\"},\"Metadata\":{}}".formatted(base64(body)));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode videos = new ObjectMapper().readTree(answer.body()).path("Outputs").path("video");
    assertThat(videos).hasSize(1);
    assertInvalid(new ObjectMapper().readTree(videos.get(0).textValue()), offending);
  }

  @Test
  void eachKindOfMistake_isNamed() throws IOException {
    Set<String> why = new TreeSet<>();
    for (byte[] body :
        List.of(
            new byte[0], new byte[] {(byte) 0xff}, "../x".getBytes(UTF_8), "{".getBytes(UTF_8))) {
      HttpResponse<String> answer =
          handler.post(
              "/CopyVideo", "{\"Data\":{\"job\":\"%s\"},\"Metadata\":{}}".formatted(base64(body)));
      String outcome =
          new ObjectMapper().readTree(answer.body()).at("/Outputs/video/0").textValue();
      why.add(
          new ObjectMapper().readTree(outcome).path("message").asText().replaceFirst(";.*", ""));
    }

    assertThat(why)
        .containsExactlyInAnyOrder(
            "the message is not a job: it is empty",
            "the message is not a job: it is not text",
            "the message is not a job: it is neither a job id nor a JSON object",
            "the message is not a job: it is not valid JSON");
  }

  private static JsonNode next(int before) {
    Waiting.until(
        () -> courier.stack().videos().take().size() > before,
        Deployment.IN_TIME,
        () -> "no outcome");
    List<JsonNode> messages = courier.stack().videos().takenJson();
    assertThat(messages).hasSize(before + 1);
    return messages.get(before);
  }

  private static void assertInvalid(JsonNode message, String offending) {
    Schemas.assertVideoMessage(message);
    assertThat(message.path("status").asText()).isEqualTo("failed");
    assertThat(message.path("reason").asText()).isEqualTo("invalid-message");
    assertThat(message.path("looks").asInt()).isZero();
    assertThat(message.path("jobId").asText()).hasSizeLessThanOrEqualTo(MAX_EXCERPT);
    if (offending != null) {
      assertThat(message.path("jobId").asText()).isEqualTo(offending);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
