package io.soracourier.e2e;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.PayloadShape;
import io.soracourier.simulator.SimulatedJob;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to name a job, in each way that hosts are known to hand a message over. */
class MessageFormsIT {
  private static final Map<PayloadShape, Deployment> COURIERS = new EnumMap<>(PayloadShape.class);

  private enum Form {
    PLAIN(UnaryOperator.identity()),
    SURROUNDED_BY_SPACE(text -> "  " + text + "\n"),
    BASE64(text -> base64(text, UTF_8)),
    BASE64_OF_UTF_16(text -> base64(text, UTF_16LE)),
    BASE64_OF_UTF_32(text -> base64(text, Charset.forName("UTF-32LE")));

    private final UnaryOperator<String> of;

    Form(UnaryOperator<String> of) {
      this.of = of;
    }

    private static String base64(String text, Charset charset) {
      return Base64.getEncoder().encodeToString(text.getBytes(charset));
    }
  }

  @BeforeAll
  static void start() {
    for (PayloadShape shape : PayloadShape.values()) {
      COURIERS.put(shape, Deployment.start(builder -> builder.payload(shape)));
    }
  }

  @AfterAll
  static void close() {
    COURIERS.values().forEach(Deployment::close);
  }

  static Stream<Arguments> forms() {
    return Stream.of(PayloadShape.values())
        .flatMap(shape -> Stream.of(Form.values()).map(form -> Arguments.of(shape, form)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void bareId_isDelivered(PayloadShape shape, Form form) {
    Deployment courier = COURIERS.get(shape);
    SimulatedJob job = courier.simulator().sora2Video().add();

    courier.enqueue(form.of.apply(job.id()));

    JsonNode message = courier.outcome(job.id());
    assertThat(message.path("status").asText()).isEqualTo("copied");
    assertThat(message.has("correlationId")).isFalse();
  }

  /** Its fields have the names under which the host tells of the message itself. */
  @ParameterizedTest
  @MethodSource("forms")
  void object_isDeliveredAndCarriedAlong(PayloadShape shape, Form form) {
    Deployment courier = COURIERS.get(shape);
    SimulatedJob job = courier.simulator().sora1Job().statuses("running", "succeeded").add();
    String fields = "\"Id\":\"mine\",\"dequeueCount\":99,\"job\":{\"a\":[1.50,\"\u00e4\"]}";

    courier.enqueue(
        form.of.apply(
            "{\"jobId\":\"%s\",\"correlationId\":\"order-42\",%s}".formatted(job.id(), fields)));

    JsonNode message = courier.outcome(job.id());
    assertThat(message.path("status").asText()).isEqualTo("copied");
    assertThat(message.path("looks").asInt()).isEqualTo(2);
    assertThat(message.path("correlationId").asText()).isEqualTo("order-42");
    assertThat(courier.putBacks(job.id()))
        .singleElement()
        .satisfies(
            putBack ->
                assertThat(putBack.text())
                    .startsWith("{\"jobId\":\"" + job.id() + "\",\"correlationId\":\"order-42\",")
                    .contains(fields));
  }
}
