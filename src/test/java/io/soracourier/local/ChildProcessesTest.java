package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChildProcessesTest {
  @Test
  void killedProcess_takesItsChildrenAlong() throws IOException {
    Process parent =
        ChildProcesses.watch(
            new ProcessBuilder("sh", "-c", "sleep 1000 >/dev/null & echo $!; wait").start());
    try (BufferedReader output = parent.inputReader()) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();

      ChildProcesses.kill(parent);

      assertThat(parent.isAlive()).isFalse();
      Waiting.until(() -> !child.isAlive(), Duration.ofSeconds(30), child::toString);
    }
  }
}
