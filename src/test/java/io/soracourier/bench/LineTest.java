package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTest {
  private static final long SECOND = 1_000_000_000;

  private final Line line = new Line(1000);

  @Test
  void freeLine_takesTheTimeOfTheBytes() {
    assertThat(line.send(500, 7 * SECOND)).isEqualTo(7 * SECOND + SECOND / 2);
  }

  @Test
  void busyLine_sendsTheNextBytesWhenItIsFree() {
    line.send(1000, 0);

    assertThat(line.send(1000, SECOND / 4)).isEqualTo(2 * SECOND);
  }

  @Test
  void idleLine_savesNothingUp() {
    line.send(1000, 0);

    assertThat(line.send(1000, 10 * SECOND)).isEqualTo(11 * SECOND);
  }

  @Test
  void lineWithoutRate_takesNoTime() {
    Line wide = new Line(Distance.FAR.bytesPerSecond());
    wide.send(Integer.MAX_VALUE, 5);

    assertThat(wide.send(Integer.MAX_VALUE, 5)).isEqualTo(5);
  }

  @Test
  void slowLine_hasOneHundredMegabitsPerSecond() {
    assertThat(new Line(Distance.SLOW.bytesPerSecond()).send(100_000_000 / 8, 0)).isEqualTo(SECOND);
  }
}
