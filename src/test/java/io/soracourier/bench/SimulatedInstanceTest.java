package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulatedInstanceTest {
  @Test
  void asManyInWorkAsTheHostFetches_isFullUntilOneEnds() {
    SimulatedInstance instance = new SimulatedInstance();
    for (int i = 0; i < SimulatedInstance.MAX_CONCURRENT; i++) {
      assertThat(instance.hasRoom(0)).isTrue();
      instance.run(0, 0, 1 + i);
    }

    assertThat(instance.hasRoom(0.5)).isFalse();
    assertThat(instance.hasRoom(1)).isTrue();
  }

  @Test
  void copies_haveSlotsOfTheirOwn() {
    SimulatedInstance instance = new SimulatedInstance();
    for (int i = 0; i < SimulatedInstance.MAX_COPIES; i++) {
      assertThat(instance.hasSlot(0)).isTrue();
      instance.copy(0, 0, 1 + i);
    }

    assertThat(instance.hasSlot(0.5)).isFalse();
    assertThat(instance.hasRoom(0.5)).isTrue();
    assertThat(instance.hasSlot(1)).isTrue();
  }

  @Test
  void looksAtOnce_useTheProcessorOneAfterTheOther() {
    SimulatedInstance instance = new SimulatedInstance();
    instance.run(0, 0.5, 0);
    instance.run(0, 0.5, 0);

    // A second of a whole processor is four of a quarter.
    assertThat(instance.billedGigabyteSeconds()).isEqualTo(2);
  }
}
