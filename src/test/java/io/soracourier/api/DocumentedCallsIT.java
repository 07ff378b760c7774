package io.soracourier.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.e2e.Deployment;
import io.soracourier.local.Command;
import io.soracourier.local.PowerShell;
import io.soracourier.local.ProjectDirectory;
import io.soracourier.simulator.SimulatedJob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the calls as docs/reference/http.md shows them, from its own text. */
class DocumentedCallsIT {
  private static final String BASE = "https://my-app.azurewebsites.net";
  private static final String ID = "video_123";

  @TempDir Path directory;
  private Deployment courier;
  private SimulatedJob job;

  @BeforeEach
  void copyAVideo() {
    courier = Deployment.start();
    job = courier.simulator().sora2Video().add();
    courier.enqueue(job.id());
    new Caller(courier.host()).awaitState(job.id(), "copied");
  }

  @AfterEach
  void close() {
    courier.close();
  }

  @Test
  void curl_enqueuesAsksAndFetches() throws IOException {
    Command run =
        Command.run(
            directory,
            List.of(
                "bash",
                "-eu",
                "-o",
                "pipefail",
                "-c",
                "COURIER_KEY='%s'%n%s".formatted(courier.host().functionKey(), block("bash"))));

    assertAllDone(run);
  }

  @Test
  @Tag("powershell")
  void powerShell_enqueuesAsksAndFetches() throws IOException {
    Command run =
        PowerShell.run(
            directory,
            "$env:COURIER_KEY = '%s'%n%s"
                .formatted(courier.host().functionKey(), block("powershell")));

    assertAllDone(run);
  }

  private void assertAllDone(Command run) throws IOException {
    String printed = String.join("\n", run.lines());
    assertThat(run.exitCode()).as(printed).isZero();
    assertThat(printed).contains(job.id(), "copied");
    ByteArrayOutputStream video = new ByteArrayOutputStream();
    job.video().writeTo(video, 0, job.video().length());
    assertThat(Files.readAllBytes(directory.resolve(job.id() + ".mp4")))
        .isEqualTo(video.toByteArray());
    assertThat(courier.outcomes(job.id(), 2)).hasSize(2);
  }

  private String block(String language) throws IOException {
    String text = Files.readString(ProjectDirectory.path().resolve("docs/reference/http.md"));
    Matcher block =
        Pattern.compile("```" + language + "\n(\\$?base.*?)```", Pattern.DOTALL).matcher(text);
    assertThat(block.find()).isTrue();
    return block.group(1).replace(BASE, courier.host().url()).replace(ID, job.id());
  }
}
