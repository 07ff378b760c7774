package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CopyTableTest {
  private static final long MIB = 1L << 20;
  private static final Program NATIVE = new Program(Program.Kind.NATIVE, Path.of("sora-courier"));
  private static final String TITLE = "courier, native";

  @Test
  void largeVideo_isJudgedAgainstTheOthers() {
    List<Judgement> judgements = table(1024).judgements(NATIVE, TITLE);

    assertThat(judgements)
        .containsExactly(
            new Judgement(Target.COPY_TO_RCLONE, "courier, native, 1 GiB", 0.75),
            new Judgement(Target.COPY_TO_CURL, "courier, native, 1 GiB", 1.5),
            new Judgement(Target.COPY_MEMORY, "courier, native, 1 GiB", 0.5));
    assertThat(judgements).extracting(Judgement::isHit).containsExactly(true, false, true);
  }

  @Test
  void smallVideo_isNotJudged() {
    assertThat(table(50).judgements(NATIVE, TITLE)).isEmpty();
  }

  @Test
  void memoryOfTheJvm_isNotJudgedAgainstRclone() {
    Program jvm = new Program(Program.Kind.JVM, Path.of("sora-courier"));

    assertThat(table(256).judgements(jvm, TITLE))
        .extracting(Judgement::target)
        .containsExactly(Target.COPY_TO_RCLONE, Target.COPY_TO_CURL);
  }

  @Test
  void nothingToCompareWith_isAbsentRatherThanWrong() {
    CopyTable alone = new CopyTable(256 * MIB, Map.of(TITLE, usages(3, 50)));

    assertThat(alone.judgements(NATIVE, TITLE)).isEmpty();
    assertThat(alone.table().rows().get(0))
        .startsWith(Cell.text(TITLE), new Cell.Absent(), new Cell.Absent());
  }

  @Test
  void row_hasTheRatiosBesideTheFigures() {
    assertThat(table(50).table().rows().get(0))
        .startsWith(Cell.text(TITLE), new Cell.Ratio(1.5), new Cell.Ratio(0.75));
  }

  private static CopyTable table(long mebibytes) {
    Map<String, UsageSamples> ways = new LinkedHashMap<>();
    ways.put(TITLE, usages(3, 50));
    ways.put(ShellWays.PIPE, usages(2, 20));
    ways.put(ShellWays.RCLONE, usages(4, 100));
    return new CopyTable(mebibytes * MIB, ways);
  }

  private static UsageSamples usages(double seconds, long mebibytes) {
    return new UsageSamples(List.of(new Usage(seconds, 1, mebibytes * MIB)));
  }
}
