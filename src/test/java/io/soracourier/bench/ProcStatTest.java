package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcStatTest {
  private static final String REST =
      " S 1 42 42 0 -1 4194560 100 200 0 0 150 25 300 12 20 0 1 0 12345 2703360 128";

  @Test
  void line_tellsOwnTimeAndThatOfChildren() {
    assertThat(ProcStat.parse("42 (sh)" + REST)).isEqualTo(new ProcStat(1.75, 3.12));
  }

  @Test
  void nameWithBlanksAndParentheses_isNotAField() {
    assertThat(ProcStat.parse("42 (a) 1 2 (b c)" + REST)).isEqualTo(new ProcStat(1.75, 3.12));
  }

  @Test
  void processThatIsGone_isReportedAsUnreadable() {
    assertThatThrownBy(() -> ProcStat.of(Long.MAX_VALUE))
        .isInstanceOf(BenchException.class)
        .hasMessage("cannot read /proc/9223372036854775807/stat");
  }
}
