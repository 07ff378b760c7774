package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.courier.CopySlots.Turn;
import io.soracourier.courier.LookResult.LookAgain;
import io.soracourier.courier.Outcome.Failed;
import io.soracourier.simulator.Ids;
import io.soracourier.simulator.MutableClock;
import io.soracourier.sora.JobId;
import io.soracourier.sora.ScriptedJobs;
import io.soracourier.storage.StorageFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A finished job for whose copy there is no slot. */
@ExtendWith(SilentLog.class)
class WaitingForACopyTest {
  private static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");
  private static final JobId TASK = new JobId(Ids.task(CREATED));
  private static final Duration DAY = Duration.ofDays(1);

  private final MutableClock clock = MutableClock.at(CREATED.plusSeconds(5));
  private final ScriptedJobs jobs = new ScriptedJobs();
  private final ScriptedCopy copy = new ScriptedCopy();
  private final AtomicInteger requests = new AtomicInteger();

  WaitingForACopyTest() {
    jobs.answer(
        id -> {
          requests.incrementAndGet();
          return TestJobs.succeeded(id).generations("gen_1", "gen_2").job();
        });
    copy.fail("gen_1", CopyResult.Deferred.NO_SLOT);
    copy.fail("gen_2", CopyResult.Deferred.NO_SLOT);
  }

  @Test
  void jobWithoutASlot_isPutBackForSomeSeconds() {
    LookAgain again = look(LookNote.NONE).again().orElseThrow();

    assertThat(again.cause()).isEqualTo(Waiting.COPY);
    assertThat(again.why()).isEqualTo("waiting for a copy");
    assertThat(again.delay()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(6));
    assertThat(again.note().copyTries()).isEqualTo(1);
    assertThat(again.note().announced().awaited()).hasSize(2);
  }

  @Test
  void nextTries_takeASlotFirstAndDoNotAskTheService() {
    LookNote first = look(LookNote.NONE).again().orElseThrow().note();
    List<Turn> all = takeAllSlots();
    LookNote note = first;
    for (int tries = 2; tries <= 6; tries++) {
      clock.advance(Duration.ofSeconds(9));
      LookResult result = look(note);
      LookAgain again = result.again().orElseThrow();
      note = again.note();

      assertThat(result.outcomes()).isEmpty();
      assertThat(result.looks()).isEqualTo(1);
      assertThat(result.first()).isEqualTo(first.first());
      assertThat(result.job()).isEmpty();
      assertThat(again.why()).isEqualTo("waiting for a copy");
      assertThat(again.delay()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(15));
      assertThat(note).isEqualTo(first.withCopyTries(tries));
    }
    assertThat(requests).hasValue(1);

    all.forEach(Turn::close);
    copy.repair();
    LookResult last = look(note);
    assertThat(last.outcomes()).hasSize(2).allMatch(Outcome.Copied.class::isInstance);
    assertThat(last.looks()).isEqualTo(2);
    assertThat(requests).hasValue(2);
    assertThat(copy.turn().take(DAY)).isTrue();
  }

  @Test
  void jobThatWaitsForSomethingElseToo_isLookedAtAsUsual() {
    copy.fail("gen_1", StorageFailures.unavailable());

    LookAgain again = look(LookNote.NONE).again().orElseThrow();

    assertThat(again.why()).isEqualTo("storage failed");
    assertThat(again.note().copyTries()).isZero();
    assertThat(again.delay()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  @Test
  void jobWhoseCopyFails_doesNotWaitForASlotAnyMore() {
    LookNote note = look(LookNote.NONE).again().orElseThrow().note();
    copy.fail("gen_1", StorageFailures.unavailable());
    copy.fail("gen_2", StorageFailures.unavailable());

    assertThat(look(note).again().orElseThrow().note().copyTries()).isZero();
  }

  @Test
  void jobWithoutASlotUntilItExpires_isGivenUpOncePerVideo() {
    LookNote note = look(LookNote.NONE).again().orElseThrow().note();
    takeAllSlots();
    clock.set(CREATED.plus(DAY));

    LookResult last = look(note);

    assertThat(last.again()).isEmpty();
    assertThat(last.outcomes()).extracting(Outcome::generationId).containsExactly("gen_1", "gen_2");
    assertThat(last.outcomes())
        .allSatisfy(
            outcome -> {
              assertThat(((Failed) outcome).reason()).isEqualTo(FailureReason.GAVE_UP);
              assertThat(((Failed) outcome).message())
                  .startsWith("waiting for a copy to end")
                  .contains("courier.copy.concurrency", "until the content expired");
            });
    assertThat(requests).hasValue(1);
  }

  private List<Turn> takeAllSlots() {
    List<Turn> taken = new ArrayList<>();
    for (Turn turn = copy.turn(); turn.take(DAY); turn = copy.turn()) {
      taken.add(turn);
    }
    return taken;
  }

  private LookResult look(LookNote note) {
    return WaitingCourier.of(jobs, copy, Configs.DEFAULTS, clock, new FixedRandom(0.5))
        .look(TASK, note, LookLog.of("invocation"));
  }
}
