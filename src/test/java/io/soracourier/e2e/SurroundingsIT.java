package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.simulator.SimulatedJob;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clock, time zone and language are those of the machine that runs it, when it runs. */
class SurroundingsIT {
  private static final ZoneOffset THERE = ZoneOffset.ofHoursMinutes(5, 30);
  @AutoClose private static Deployment courier;
  private static Instant before;

  @BeforeAll
  static void start() {
    before = Instant.now().minusSeconds(1);
    courier =
        Deployment.start(
            builder -> builder.setting("TZ", "Asia/Kolkata").setting("LC_ALL", "C.UTF-8"));
  }

  @Test
  void linesOfTheLog_haveTheTimeNowInTheZoneHere() {
    SimulatedJob job = courier.simulator().sora1Job().statuses("running", "succeeded").add();

    courier.enqueue(job.id());
    JsonNode message = courier.outcome(job.id());

    List<OffsetDateTime> times =
        courier.linesOf(job.id()).stream()
            .map(line -> OffsetDateTime.parse(line.substring(0, line.indexOf(' '))))
            .toList();
    assertThat(times)
        .isNotEmpty()
        .allSatisfy(
            time -> {
              assertThat(time.getOffset()).isEqualTo(THERE);
              assertThat(time.toInstant()).isBetween(before, Instant.now());
            });
    assertThat(Instant.parse(message.path("copiedAt").asText()))
        .isBetween(before.minusSeconds(1), Instant.now());
  }

  @Test
  void textOfOtherScripts_isReadableInLogAndMessage() {
    String words = "Überprüfung: 検査 \uD83C\uDFAC";
    SimulatedJob job = courier.simulator().sora1Job().statuses("failed").failureReason(words).add();

    courier.enqueue(job.id());
    JsonNode message = courier.outcome(job.id());

    assertThat(message.path("message").asText()).contains(words);
    assertThat(courier.awaitLine(job.id(), "event=failed")).contains(words);
  }
}
