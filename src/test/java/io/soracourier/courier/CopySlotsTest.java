package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.courier.CopySlots.Turn;
import io.soracourier.lifecycle.ScriptedShutdown;
import io.soracourier.local.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CopySlotsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofMinutes(5);

  private final ScriptedShutdown shutdown = new ScriptedShutdown();
  private final CopySlots slots = new CopySlots(1, Duration.ofMinutes(1), shutdown);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void slot_isTakenOnceByALookAndGivenBackAtItsEnd() {
    Turn other = slots.turn();
    try (Turn turn = slots.turn()) {
      assertThat(turn.take(DAY)).isTrue();
      assertThat(turn.take(DAY)).isTrue();
      assertThat(other.take(DAY)).isFalse();
    }

    assertThat(other.take(DAY)).isTrue();
    other.close();
    other.close();
    assertThat(slots.turn().take(DAY)).isTrue();
    assertThat(slots.turn().take(DAY)).isFalse();
  }

  @Test
  void lookThatTookNone_givesNoneBack() {
    slots.turn().close();

    assertThat(slots.turn().take(DAY)).isTrue();
    assertThat(slots.turn().take(DAY)).isFalse();
  }

  @Test
  void contentThatExpiresSoon_isNextWhoeverElseTries() throws Exception {
    Turn copying = slots.turn();
    copying.take(DAY);
    Future<Boolean> urgent = waiting(SOON, 1);

    copying.close();

    assertThat(slots.turn().take(DAY)).isFalse();
    assertThat(urgent.get()).isTrue();
  }

  @Test
  void thoseThatWaitForASlot_areAFewOfTheThreads() {
    slots.turn().take(DAY);
    for (int i = 1; i <= CopySlots.MAX_WAITING; i++) {
      waiting(SOON, i);
    }

    assertThat(slots.turn().take(SOON)).isFalse();
  }

  @Test
  void processThatEnds_letsNobodyWait() throws Exception {
    slots.turn().take(DAY);
    List<Future<Boolean>> urgent = new ArrayList<>(List.of(waiting(SOON, 1)));

    shutdown.begin();

    urgent.add(threads.submit(() -> slots.turn().take(SOON)));
    for (Future<Boolean> each : urgent) {
      assertThat(each.get()).isFalse();
    }
  }

  /** Another one, which is the one of that number. */
  private Future<Boolean> waiting(Duration left, int number) {
    Future<Boolean> taking = threads.submit(() -> slots.turn().take(left));
    Waiting.until(
        () -> slots.waiting() == number, Duration.ofSeconds(20), () -> slots.waiting() + " wait");
    return taking;
  }
}
