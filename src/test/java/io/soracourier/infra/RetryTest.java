package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.infra.HookProject.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing that is retried, with an azd that fails so often, and a sleep that only says so. */
class RetryTest {
  private static final List<String> WAITS = List.of("60", "120", "300", "600");
  @TempDir Path directory;
  private HookProject project;

  @BeforeEach
  void prepare() throws IOException {
    project = HookProject.create(directory);
    project.program("sleep", "echo \"$1\" >> \"" + directory.resolve("waits") + "\"\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4})
  void commandThatSucceedsInTime_endsWithSuccess(int failures) throws Exception {
    azdFailing(failures);

    Result result = project.run(Map.of(), "retry.sh", "azd", "deploy", "--no-prompt", "a b");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(calls()).isEqualTo(Collections.nCopies(failures + 1, "deploy|--no-prompt|a b|"));
    assertThat(waits()).isEqualTo(WAITS.subList(0, failures));
    assertThat(result.output().lines())
        .hasSize(failures)
        .allMatch(line -> line.matches("Attempt \\d of 5 ended with exit code 3: again in .*"));
  }

  @Test
  void commandThatFailsFiveTimes_endsWithItsExitCode() throws Exception {
    azdFailing(9);

    Result result = project.run(Map.of(), "retry.sh", "azd", "deploy");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(calls()).hasSize(5);
    assertThat(waits()).isEqualTo(WAITS);
  }

  /** A role takes up to half an hour: so long it is retried, but for some minutes. */
  @Test
  void waits_grow() {
    assertThat(WAITS.stream().map(Integer::valueOf).toList())
        .isSorted()
        .satisfies(
            waits ->
                assertThat(waits.stream().mapToInt(Integer::intValue).sum())
                    .isBetween(15 * 60, 30 * 60));
  }

  private void azdFailing(int times) throws IOException {
    project.program(
        "azd",
        """
        { printf '%%s|' "$@"; echo; } >> "%1$s"
        calls=0
        while read -r _; do calls=$((calls + 1)); done < "%1$s"
        [ "$calls" -gt %2$d ] || exit 3
        """
            .formatted(directory.resolve("calls"), times));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(directory.resolve("calls"));
  }

  private List<String> waits() throws IOException {
    Path waits = directory.resolve("waits");
    return Files.exists(waits) ? Files.readAllLines(waits) : new ArrayList<>();
  }
}
