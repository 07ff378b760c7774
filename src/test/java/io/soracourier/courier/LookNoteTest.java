package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.courier.Announced.Awaited;
import io.soracourier.courier.Outcome.Failed;
import io.soracourier.simulator.Ids;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookNoteTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant BEFORE = NOW.minusSeconds(100);
  private static final JobId TASK = new JobId(Ids.task(BEFORE));

  @Test
  void firstLook_isRemembered() {
    assertThat(LookNote.NONE.begin(NOW)).isEqualTo(Notes.of(1, NOW, null));
  }

  private static final Deadline DEADLINE =
      new Deadline(Duration.ofHours(5), Endpoint.parse("https://r.openai.azure.com"));

  @Test
  void laterLook_keepsWhatIsKnown() {
    Misses misses = new Misses(BEFORE.plusSeconds(1), 3);
    LookNote note =
        new LookNote(
            7,
            BEFORE,
            BEFORE,
            NOW.plusSeconds(9),
            true,
            misses,
            misses,
            new Announced(2, List.of(new Awaited("gen_2", 2, misses)), List.of("gen_1")),
            null,
            4);

    assertThat(note.begin(NOW))
        .isEqualTo(
            new LookNote(
                8,
                BEFORE,
                BEFORE,
                NOW.plusSeconds(9),
                true,
                misses,
                misses,
                note.announced(),
                null,
                4));
  }

  @Test
  void lookBeyondTheLastThatIsCounted_keepsTheNote() {
    Misses misses = new Misses(BEFORE, LookNote.MAX_LOOKS);
    LookNote note =
        Notes.of(LookNote.MAX_LOOKS, BEFORE, null)
            .withMissing(misses)
            .withCopyTries(LookNote.MAX_LOOKS);

    assertThat(note.begin(NOW).withCopyTries(note.copyTries() + 1)).isEqualTo(note);
    assertThat(Misses.next(misses, NOW)).isEqualTo(misses);
  }

  @Test
  void timesInTheFuture_areTakenForNow() {
    LookNote note = Notes.of(7, Instant.MAX, Instant.MAX);

    assertThat(note.begin(NOW))
        .isEqualTo(new LookNote(8, NOW, NOW, null, true, null, null, Announced.NONE, null, 0));
  }

  @Test
  void missesThatCannotHaveBeen_areIgnored() {
    for (Misses misses :
        List.of(
            new Misses(BEFORE, 8),
            new Misses(BEFORE, Integer.MAX_VALUE),
            new Misses(BEFORE, 0),
            new Misses(BEFORE, -1))) {
      LookNote note =
          new LookNote(
              7,
              BEFORE,
              null,
              null,
              true,
              misses,
              misses,
              new Announced(1, List.of(new Awaited("gen_1", 1, misses)), List.of()),
              null,
              0);

      LookNote begun = note.begin(NOW);

      assertThat(begun.missing()).isNull();
      assertThat(begun.unlisted()).isNull();
      assertThat(begun.announced().awaited()).containsExactly(new Awaited("gen_1", 1, null));
    }
  }

  @Test
  void timesOfAClockThatIsAhead_keepTheChainAndTheRow() {
    Instant ahead = NOW.plusSeconds(30);
    LookNote note = Notes.of(7, ahead, ahead).withMissing(new Misses(ahead, 2));

    LookNote begun = note.begin(NOW);

    assertThat(begun.first()).isEqualTo(ahead);
    assertThat(begun.firstBy(NOW.minusSeconds(40))).isEqualTo(ahead);
    assertThat(begun.succeeded()).isEqualTo(NOW);
    assertThat(begun.missing()).isEqualTo(new Misses(NOW, 2));
    assertThat(begun.begin(NOW.plusSeconds(9)).missing()).isEqualTo(new Misses(NOW, 2));
    assertThat(Notes.of(7, NOW.plus(Duration.ofDays(2)), null).begin(NOW).first()).isEqualTo(NOW);
  }

  @Test
  void missesBeforeTheFirstLook_beginWithIt() {
    assertThat(
            Notes.of(7, BEFORE, null).withMissing(new Misses(Instant.MIN, 7)).begin(NOW).missing())
        .isEqualTo(new Misses(BEFORE, 7));
  }

  @Test
  void expiryBeyondAnyServices_isNotBelievedForEver() {
    LookNote note =
        new LookNote(7, BEFORE, null, Instant.MAX, true, null, null, Announced.NONE, null, 0);

    assertThat(note.begin(NOW).until()).isEqualTo(BEFORE.plus(Duration.ofDays(30)));
    assertThat(note.begin(NOW).begin(NOW).until()).isEqualTo(BEFORE.plus(Duration.ofDays(30)));

    LookNote early =
        new LookNote(7, BEFORE, null, Instant.MIN, true, null, null, Announced.NONE, null, 0);
    assertThat(early.begin(NOW).until()).isNull();
  }

  @Test
  void success_isRememberedFromItsFirstSight() {
    LookNote note =
        LookNote.NONE.begin(BEFORE).saw(TestJobs.succeeded(TASK).job(), DEADLINE, BEFORE);

    assertThat(note.saw(TestJobs.succeeded(TASK).job(), DEADLINE, NOW).succeeded())
        .isEqualTo(BEFORE);
  }

  @Test
  void whatTheServiceSaysOfTheExpiry_isRemembered() {
    Instant created = BEFORE.minusSeconds(5);
    Instant expiry = NOW.plusSeconds(77);
    LookNote note = LookNote.NONE.begin(BEFORE);

    LookNote running =
        note.saw(
            TestJobs.of(TASK, JobState.UNFINISHED, "running").created(Optional.of(created)).job(),
            DEADLINE,
            NOW);
    assertThat(running.until()).isEqualTo(created.plus(Duration.ofDays(1)));
    LookNote succeeded =
        running.saw(TestJobs.succeeded(TASK).expires(Optional.of(expiry)).job(), DEADLINE, NOW);
    assertThat(succeeded.until()).isEqualTo(expiry);
    assertThat(succeeded.saw(TestJobs.succeeded(TASK).job(), DEADLINE, NOW).until())
        .isEqualTo(expiry);
  }

  @Test
  void reportedGenerations_areAddedAndJobsAreNot() {
    LookNote note = Notes.of(1, NOW, null, "gen_1");

    assertThat(note.plusReported(List.of(failed("gen_2"), failed(null))).announced().reported())
        .containsExactly("gen_1", "gen_2");
  }

  private static Outcome failed(String generationId) {
    return new Failed(generationId, FailureReason.GAVE_UP, "why", List.of(), NOW);
  }
}
