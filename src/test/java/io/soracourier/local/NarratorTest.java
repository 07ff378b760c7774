package io.soracourier.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NarratorTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Narrator narrator = new Narrator(new PrintStream(out, true, UTF_8));

  @Test
  void linesOfTwoJobs_areEachBelowTheIdOfTheirs() throws Exception {
    narrator.about("task_1");
    narrator.step("queued", "on sora-jobs");
    Stream.of(
            "event=look jobId=task_1 look=1 state=queued",
            "event=look jobId=task_2 look=1 state=succeeded",
            "event=copied jobId=task_2 generationId=gen_2 bytes=11127",
            "event=harvest new=0",
            "event=failed jobId=task_1 reason=expired")
        .map(event -> "2026-11-27T10:00:00Z INFO  " + event)
        .forEach(narrator::handlerLine);
    narrator.message(new ObjectMapper().readTree("{\"jobId\":\"task_1\"}"));

    assertThat(out.toString(UTF_8).lines().filter(line -> !line.isBlank()).map(String::strip))
        .containsExactly(
            "task_1",
            "queued     on sora-jobs",
            "look 1     queued",
            "task_2",
            "look 1     succeeded",
            "copied     gen_2, 11,127 bytes",
            "harvest    new=0",
            "task_1",
            "failed     reason=expired",
            "message    {",
            "\"jobId\": \"task_1\"",
            "}");
  }
}
