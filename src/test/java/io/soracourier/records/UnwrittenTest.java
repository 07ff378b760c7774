package io.soracourier.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.records.JobRecord.Chain;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnwrittenTest {
  private static final SomeNews NEWS = new SomeNews("m1", 1);

  private final Unwritten unwritten = new Unwritten();

  @Test
  void latestNewsOfAJob_isKept() {
    unwritten.add(NEWS.waits(1, 1, "queued", 5));
    unwritten.add(NEWS.copied(2, 6, "video_1"));

    assertThat(unwritten.first()).get().extracting(News::look).isEqualTo(2);
  }

  @Test
  void recordedNews_isDroppedUnlessThereIsNewer() {
    News first = NEWS.waits(1, 1, "queued", 5);
    News second = NEWS.copied(2, 6, "video_1");
    unwritten.add(second);

    unwritten.drop(first);
    assertThat(unwritten.first()).contains(second);
    unwritten.drop(second);
    assertThat(unwritten.first()).isEmpty();
  }

  @Test
  void tooMuchNews_losesTheOldest() {
    for (int i = 0; i < Unwritten.MAX + 800; i++) {
      unwritten.add(enqueued(i));
    }

    assertThat(unwritten.first()).get().extracting(News::id).isEqualTo("video_800");
  }

  @Test
  void tooMuchNews_losesThatOfJobsThatGoOnFirst() {
    News end = NEWS.copied(2, 6, "video_1");
    assertThat(unwritten.add(end)).isFalse();
    for (int i = 2; i <= Unwritten.MAX; i++) {
      assertThat(unwritten.add(enqueued(i))).isFalse();
    }

    assertThat(unwritten.add(enqueued(Unwritten.MAX + 1))).isTrue();

    assertThat(unwritten.first()).contains(end);
  }

  @Test
  void longOutcomes_areNotKept() {
    News.Looked end = NEWS.copied(2, 6, "video_1");
    unwritten.add(
        new News.Looked(
            end.id(),
            end.chain(),
            2,
            end.at(),
            null,
            end.service(),
            end.copied(),
            null,
            null,
            null,
            List.of("x".repeat(50_000))));

    assertThat(unwritten.first())
        .hasValueSatisfying(
            kept -> {
              assertThat(((News.Looked) kept).outcomes()).isEmpty();
              assertThat(((News.Looked) kept).copied()).isEqualTo(end.copied());
            });
  }

  private static News enqueued(int i) {
    return new News.Enqueued("video_" + i, new Chain("m", SomeNews.at(i)), SomeNews.at(i), null);
  }
}
