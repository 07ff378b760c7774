package io.soracourier.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.diagnosis.Diagnosis.Conclusion;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.sora.JobId;
import io.soracourier.storage.MemoryVideoStore;
import io.soracourier.storage.VideoRef;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlobRowsTest {
  private static final JobId JOB = new JobId("task_1");

  private final MemoryVideoStore videos = new MemoryVideoStore();
  private final AtomicBoolean timeLeft = new AtomicBoolean(true);
  private final BlobRows rows = rows(Duration.ofMinutes(1));

  private BlobRows rows(Duration most) {
    return new BlobRows(videos, new TimeLimits(), most, timeLeft::get, JOB);
  }

  @Test
  void noTimeLeft_isUnavailableAndNothingIsRequested() {
    AtomicInteger requests = new AtomicInteger();
    videos.whileFinding(requests::incrementAndGet);
    put("gen_1");

    assertThat(rows.of("gen_1").verdict()).isEqualTo("stored");
    timeLeft.set(false);
    Row second = rows.of("gen_2");

    assertThat(second.verdict()).isEqualTo("unavailable");
    assertThat(second.explanation()).contains("gen_2", "no time was left");
    assertThat(requests).hasValue(1);
  }

  /** Each of many would take as long, and the caller would get nothing. */
  @Test
  void storageThatTookTooLong_isNotRequestedAgain() {
    AtomicInteger requests = new AtomicInteger();
    BlobRows bounded = rows(Duration.ofMillis(1));
    videos.whileFinding(
        () -> {
          requests.incrementAndGet();
          LockSupport.park();
          throw new IllegalStateException("interrupted");
        });

    Row first = bounded.of("gen_1");
    Row second = bounded.of("gen_2");

    assertThat(first.verdict()).isEqualTo("unavailable");
    assertThat(first.explanation()).contains("longer than 1 ms");
    assertThat(second.verdict()).isEqualTo("unavailable");
    assertThat(second.explanation()).contains("gen_2", "the storage took too long before");
    assertThat(requests).hasValue(1);
  }

  @Test
  void manyBlobs_areNamedInPart() {
    IntStream.range(0, 8).mapToObj(k -> "gen_" + k).peek(this::put).forEach(rows::of);

    assertThat(rows.sentences(Conclusion.EXPIRED))
        .startsWith(" The courier has copied it already: ")
        .contains("gen_4")
        .doesNotContain("gen_5")
        .endsWith(" and 3 more");
  }

  private void put(String generationId) {
    videos.put(
        new VideoRef(JOB.value(), generationId), new byte[1], "md5", JOB.value(), generationId);
  }
}
