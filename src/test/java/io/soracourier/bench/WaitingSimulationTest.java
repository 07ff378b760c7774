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
  void instances_areThoseThatTheScalerWants() {
    assertThat(SIMULATION.courier(100).instances()).isEqualTo(1);
    assertThat(SIMULATION.courier(1_000).instances()).isEqualTo(2);
  }

  @Test
  void waiting_costsAFiftiethOfHolding24OnAnInstance() {
    for (int jobs : new int[] {1_000, 10_000}) {
      double held = WaitingSimulation.held(jobs, 24).gigabyteSeconds();
      assertThat(held / SIMULATION.courier(jobs).gigabyteSeconds()).isGreaterThan(50);
    }
  }

  @Test
  void videosThatAreDoneWithinAMinute_areStoredSoonAfter() {
    WaitingSimulation.Stored stored = SIMULATION.doneWithinAMinute(1_000, 0.02, 0.45);

    // The last is looked at a minute after it is done at the latest, and there are slots by then.
    assertThat(stored.storedSeconds()).isBetween(60.0, 180.0);
    assertThat(stored.looks()).isGreaterThanOrEqualTo(1_000);
    assertThat(stored.instances()).isEqualTo(2);
  }

  @Test
  void copiesThatTakeLong_arePutBackForWantOfASlotAndAllAreStored() {
    WaitingSimulation.Stored stored = SIMULATION.doneWithinAMinute(200, 0.5, 10);

    assertThat(stored.tries()).isPositive();
    assertThat(stored.storedSeconds()).isGreaterThan(200 / 8 * 10);
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
