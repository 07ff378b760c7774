package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.courier.Announced.Awaited;
import io.soracourier.courier.Outcome.Failed;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnouncedTest {
  @Test
  void videos_keepTheirNumbersAndAreCountedOnce() {
    Announced first = Announced.NONE.plus(List.of("a", "b", "A", "b", "a"));
    assertThat(numbers(first)).containsExactly("a 1", "b 2", "A 3");
    assertThat(first.count()).isEqualTo(3);

    Announced second = first.plusReported(List.of(outcome("a"))).plus(List.of("c", "b"));
    assertThat(numbers(second)).containsExactly("b 2", "A 3", "c 4");
    assertThat(second.count()).isEqualTo(4);
    assertThat(second.plus(List.of())).isEqualTo(second);
    assertThat(second.plus(List.of("a"))).isEqualTo(second);
  }

  @Test
  void videosBeyondTheBound_areCountedAndNotKept() {
    Announced all = Announced.NONE.plus(ids(0, 10_000));

    assertThat(all.awaited()).hasSize(32);
    assertThat(all.count()).isEqualTo(10_000);
    assertThat(all.beyond()).isEqualTo(9_968);
    assertThat(all.plus(ids(0, 10_000)).beyond()).isEqualTo(9_968);
    assertThat(all.plus(ids(0, 20_000)).beyond()).isEqualTo(19_968);
    assertThat(Announced.NONE.plus(ids(0, 32)).plus(ids(16, 34)).beyond()).isEqualTo(2);
  }

  @Test
  void idsThatFillTheNote_leaveNoRoomForFurtherOnes() {
    List<String> ids = IntStream.range(0, 32).mapToObj(i -> i + "\u5f71".repeat(200)).toList();

    Announced all = Announced.NONE.plus(ids);

    assertThat(all.count()).isEqualTo(32);
    assertThat(all.awaited()).hasSize(Announced.MAX_BYTES / 605);
    assertThat(all.beyond()).isPositive();
  }

  @Test
  void noteOfTheVersionBefore_isNumberedByTheResponse() {
    Announced noted = Announced.noted(0, List.of(), List.of("c", "a"));

    Announced all = noted.plus(List.of("a", "b", "c", "d"));

    assertThat(numbers(all)).containsExactly("b 2", "d 4");
    assertThat(all.count()).isEqualTo(4);
    assertThat(all.beyond()).isZero();
  }

  @Test
  void whatANoteCannotHave_isLeftOut() {
    Misses misses = new Misses(Instant.EPOCH, 1);
    Announced noted =
        Announced.noted(
            1,
            List.of(
                new Awaited("a", 1, misses), new Awaited("b", 3, null), new Awaited("b", 4, null)),
            List.of("a", "a"));

    assertThat(noted.reported()).containsExactly("a");
    assertThat(numbers(noted)).containsExactly("b 3");
    assertThat(noted.count()).isEqualTo(3);
    assertThat(Announced.noted(0, List.of(), ids(0, 50_000)).reported())
        .hasSizeLessThan(Announced.MAX_BYTES / 4);
  }

  @Test
  void countAtItsEnd_staysWhatANoteCanHave() {
    Announced noted =
        Announced.noted(Announced.MAX_COUNT - 1, List.of(new Awaited("a", 1, null)), List.of("b"));

    Announced all = noted.plus(List.of("a", "b", "c", "d", "e"));

    assertThat(numbers(all)).containsExactly("a 1", "c 1000000", "d 1000000", "e 1000000");
    assertThat(all.count()).isEqualTo(Announced.MAX_COUNT);
    assertThat(Announced.noted(all.count(), all.awaited(), all.reported())).isEqualTo(all);
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "gen_" + i).toList();
  }

  private static List<String> numbers(Announced announced) {
    return announced.awaited().stream().map(video -> video.id() + " " + video.number()).toList();
  }

  private static Outcome outcome(String id) {
    return new Failed(id, FailureReason.GAVE_UP, "why", List.of(), Instant.EPOCH);
  }
}
