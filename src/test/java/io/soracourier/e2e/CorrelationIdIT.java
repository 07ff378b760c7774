package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.local.Seeds;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.SimulatedJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever JSON a sender gives as a correlation id comes back in the outcome as it was, through a
 * host that rewrites times and numbers of what functions answer.
 */
class CorrelationIdIT {
  private static final int CASES = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** JSON without white space and without needless escapes, so that equal means equal text. */
  private static final List<String> LEAVES =
      List.of(
          "\"2026-11-25T10:00:00.120+05:00\"",
          "\"2026-11-25T24:00:00Z\"",
          "\"/Date(1700000000000)/\"",
          "\"eyJhIjoxfQ==\"",
          "\"{\\\"a\\\":1.50}\"",
          "\" {0} %s \\\\ \\\" \\u0001 \"",
          "\"\u2028\u0085\u00e4\uD83C\uDFAC<&>'\"",
          "\"\"",
          "1.50",
          "0.1234567890123456789",
          "1e400",
          "1E-400",
          "-0",
          "-0.0",
          "123456789012345678901234567890",
          "0.0000001",
          "true",
          "null",
          "{}",
          "[]");

  @AutoClose private static Deployment courier;

  @BeforeAll
  static void start() {
    courier = Deployment.start();
  }

  @Test
  void correlationIdOfAnyJson_comesBackAsItWasSent() {
    long seed = Seeds.random();
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, String> sent = new LinkedHashMap<>();
    for (String leaf : LEAVES) {
      sent.put(enqueue(random, leaf), leaf);
    }
    while (sent.size() < CASES) {
      String json = json(random, 4);
      sent.put(enqueue(random, json), json);
    }

    Map<String, String> came = new LinkedHashMap<>();
    Waiting.until(
        () -> {
          courier.stack().videos().take().forEach(outcome -> came.put(key(outcome), outcome));
          return came.size() == sent.size();
        },
        Deployment.IN_TIME,
        () -> "%d of %d outcomes, seed %d".formatted(came.size(), sent.size(), seed));
    sent.forEach(
        (key, json) -> {
          assertThat(came.get(key)).as("seed %d", seed).doesNotContain("\n");
          if (json.equals("null")) {
            assertThat(came.get(key)).as("seed %d", seed).doesNotContain("\"correlationId\"");
          } else {
            assertThat(came.get(key))
                .as("seed %d", seed)
                .contains(",\"correlationId\":" + json + ",\"");
          }
        });
  }

  /** A job that is put back once, and now and then a message that is not a job. */
  private static String enqueue(SplittableRandom random, String correlationId) {
    if (random.nextInt(4) > 0) {
      String id = "no job " + random.nextLong();
      courier.enqueue("{\"correlationId\":%s,\"jobId\":\"%s\"}".formatted(correlationId, id));
      return id;
    }
    SimulatedJob job = courier.simulator().sora2Video().statuses("in_progress", "failed").add();
    courier.enqueue(
        "{\"jobId\":\"%s\",\n \"correlationId\" : %s }".formatted(job.id(), correlationId));
    return job.id();
  }

  private static String key(String outcome) {
    try {
      JsonNode json = JSON.readTree(outcome);
      return json.path("jobId").textValue();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(outcome, e);
    }
  }

  private static String json(SplittableRandom random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(4);
    if (kind < 2) {
      return LEAVES.get(random.nextInt(LEAVES.size()));
    }
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String value = json(random, depth - 1);
      parts.add(kind == 2 ? value : "\"k" + random.nextInt(3) + " \u00fc\":" + value);
    }
    String joined = String.join(",", parts);
    return kind == 2 ? "[" + joined + "]" : "{" + joined + "}";
  }
}
