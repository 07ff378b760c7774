package io.soracourier.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.courier.LookNote;
import io.soracourier.courier.Notes;
import io.soracourier.local.SeedSource;
import io.soracourier.sora.JobId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;

/** Part 7 of the fault matrix: the message decoder over arbitrary bytes. */
class JobMessagePropertyTest {
  private static final int CASES = 4_000;
  private static final int MAX_MESSAGE = 64 * 1024;
  private static final String MESSAGE =
      """
      {"jobId":"task_01k75f2h5mfbv8sd9x3q6zj4ra","correlationId":{"order":[42,1.50,"\u00e9"]},\
      "look":{"number":3,"first":"2026-11-22T10:00:00Z","reported":["gen_1"]},"more":null}""";

  /** Those that are anything but themselves to some reader of JSON. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ":",
          ",",
          "\\",
          "\\u0000",
          "\\ud800",
          "\u0000",
          "\uFFFF",
          "null",
          "1e999999999",
          "-0",
          "00",
          "0x1",
          "NaN",
          "\"jobId\":",
          "\"look\":",
          "9".repeat(1_100),
          "task_",
          "\u2028",
          "\uD83D\uDE00",
          " ",
          "[".repeat(3_000),
          "{\"a\":".repeat(1_500));

  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void arbitraryBytes_areAJobThatCanBePutBackOrAnInvalidMessage(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int jobs = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] body = body(random);
      JobMessage job;
      try {
        job = JobMessage.parse(body);
      } catch (InvalidMessageException e) {
        assertThat(e.offending().length()).isLessThanOrEqualTo(201);
        continue;
      }
      jobs++;
      assertThat(JobId.isId(job.jobId().value())).isTrue();
      LookNote note = Notes.of(7, Instant.EPOCH, Instant.EPOCH, "gen_2");
      byte[] putBack = job.with(note).getBytes(StandardCharsets.UTF_8);
      assertThat(putBack.length).isLessThanOrEqualTo(MAX_MESSAGE);
      JobMessage again = JobMessage.parse(putBack);
      assertThat(again.jobId()).isEqualTo(job.jobId());
      assertThat(again.correlationId()).isEqualTo(job.correlationId());
      assertThat(again.look()).isEqualTo(note);
    }
    assertThat(jobs).as("of %d messages, with seed %d", CASES, seed).isGreaterThan(CASES / 20);
  }

  private static byte[] body(SplittableRandom random) {
    byte[] body =
        switch (random.nextInt(4)) {
          case 0 -> noise(random, random.nextInt(200));
          case 1 -> MESSAGE.getBytes(StandardCharsets.UTF_8);
          case 2 -> changed(random, MESSAGE).getBytes(StandardCharsets.UTF_8);
          default -> pieces(random).getBytes(StandardCharsets.UTF_8);
        };
    for (int i = random.nextInt(3); i > 0 && body.length > 0; i--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Base64.getEncoder().encode(body) : body;
  }

  private static byte[] noise(SplittableRandom random, int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  /** The message with a piece put in, or a part taken out. */
  private static String changed(SplittableRandom random, String message) {
    int from = random.nextInt(message.length());
    int to = random.nextBoolean() ? from : Math.min(message.length(), from + random.nextInt(20));
    return message.substring(0, from) + piece(random) + message.substring(to);
  }

  private static String pieces(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(piece(random));
    }
    return text.toString();
  }

  private static String piece(SplittableRandom random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }
}
