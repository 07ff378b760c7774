package io.soracourier.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.records.JobRecord.Chain;
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
    for (int i = 0; i < 1_000; i++) {
      unwritten.add(
          new News.Enqueued("video_" + i, new Chain("m", SomeNews.at(i)), SomeNews.at(i), null));
    }

    assertThat(unwritten.first()).get().extracting(News::id).isEqualTo("video_800");
  }
}
