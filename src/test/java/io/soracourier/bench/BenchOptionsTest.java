package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
  @Test
  void nothingSet_isEverythingInFull() {
    BenchOptions options = BenchOptions.of(Map.of("bench.parts", "", "bench.native", ""));

    assertThat(options.parts()).containsExactly(Part.values());
    assertThat(options.plan()).isSameAs(Plan.FULL);
    assertThat(options.nativeExecutable()).isEmpty();
    assertThat(options.heap()).isEqualTo("96m");
  }

  @Test
  void everythingSet_isTakenAsItIs() {
    BenchOptions options =
        BenchOptions.of(
            Map.of(
                "bench.quick", "true",
                "bench.parts", "look, waiting",
                "bench.native", "a/b",
                "bench.heap", "64m"));

    assertThat(options.parts()).containsExactly(Part.LOOK, Part.WAITING);
    assertThat(options.plan()).isSameAs(Plan.QUICK);
    assertThat(options.nativeExecutable()).contains(Path.of("a/b"));
    assertThat(options.heap()).isEqualTo("64m");
  }

  @Test
  void unknownPart_isRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> BenchOptions.of(Map.of("bench.parts", "copy,sleep")))
        .hasMessage(
            "-Dbench.parts: there is no part 'sleep'; there are [copy, small, throughput, start, look, waiting, memory, console]");
  }

  @Test
  void fullPlan_measuresAtLeastFiveTimes() {
    assertThat(Plan.FULL.rounds()).isGreaterThanOrEqualTo(5);
    assertThat(Plan.FULL.starts()).isGreaterThanOrEqualTo(5);
  }
}
