package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.courier.Outcome.Failed;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookNoteTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant BEFORE = NOW.minusSeconds(100);

  @Test
  void firstLook_isRemembered() {
    assertThat(LookNote.NONE.begin(NOW)).isEqualTo(new LookNote(1, NOW, null, List.of()));
  }

  @Test
  void laterLook_keepsWhatIsKnown() {
    LookNote note = new LookNote(7, BEFORE, BEFORE, List.of("gen_1"));

    assertThat(note.begin(NOW)).isEqualTo(new LookNote(8, BEFORE, BEFORE, List.of("gen_1")));
  }

  @Test
  void timesInTheFuture_areTakenForNow() {
    LookNote note = new LookNote(7, Instant.MAX, Instant.MAX, List.of());

    assertThat(note.begin(NOW)).isEqualTo(new LookNote(8, NOW, NOW, List.of()));
  }

  @Test
  void success_isRememberedFromItsFirstSight() {
    LookNote note = LookNote.NONE.begin(BEFORE).sawSuccess(BEFORE);

    assertThat(note.sawSuccess(NOW).succeeded()).isEqualTo(BEFORE);
  }

  @Test
  void reportedGenerations_areAddedAndJobsAreNot() {
    LookNote note = new LookNote(1, NOW, null, List.of("gen_1"));

    assertThat(note.plusReported(List.of(failed("gen_2"), failed(null))).reported())
        .containsExactly("gen_1", "gen_2");
  }

  private static Outcome failed(String generationId) {
    return new Failed(generationId, FailureReason.GAVE_UP, "why", List.of(), NOW);
  }
}
