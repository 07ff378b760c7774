package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.soracourier.bench.WaitingSimulation.Cost;
import org.junit.jupiter.api.Test;

class WaitingSimulationTest {
  private static final WaitingSimulation SIMULATION = new WaitingSimulation(0.002, 0.1);

  @Test
  void oneJob_isBilledASecondForEachLook() {
    Cost cost = SIMULATION.courier(1);

    assertThat(cost.looks()).isBetween(60L, 120L);
    assertThat(cost.gigabyteSeconds()).isEqualTo(cost.looks() * 0.5);
    assertThat(cost.alone()).isEqualTo(cost.gigabyteSeconds());
    assertThat(cost.processorSeconds()).isCloseTo(cost.looks() * 0.002, within(1e-9));
    assertThat(cost.transactions()).isGreaterThan(cost.looks() * 3);
    assertThat(cost.instances()).isEqualTo(1);
  }

  @Test
  void manyJobs_shareBilledSeconds() {
    Cost cost = SIMULATION.courier(500);

    assertThat(cost.gigabyteSeconds()).isLessThan(cost.alone() / 10);
    assertThat(cost.gigabyteSeconds()).isLessThan(1.1 * 3600 * 0.5);
  }

  @Test
  void fewJobs_needOneInstance() {
    assertThat(SIMULATION.courier(100).instances()).isEqualTo(1);
  }

  @Test
  void moreLooksThanOneInstanceCarries_needMoreInstances() {
    assertThat(new WaitingSimulation(0.2, 0.1).courier(500).instances()).isGreaterThan(1);
  }

  @Test
  void sameInput_givesTheSame() {
    assertThat(SIMULATION.courier(50)).isEqualTo(SIMULATION.courier(50));
  }

  @Test
  void heldJobs_costEveryInstanceForTheWholeHour() {
    assertThat(WaitingSimulation.held(1000, 24).gigabyteSeconds()).isEqualTo(42 * 3600 * 0.5);
    assertThat(WaitingSimulation.held(1000, 1).gigabyteSeconds()).isEqualTo(1000 * 3600 * 0.5);
    assertThat(WaitingSimulation.held(10, 1).transactions()).isEqualTo(140);
  }
}
