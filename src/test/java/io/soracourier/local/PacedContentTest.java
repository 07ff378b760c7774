package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.Content;
import io.soracourier.simulator.Mp4;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PacedContentTest {
  private static final int KIB = 1024;

  /** So that a download in progress follows the switch. */
  @Test
  void speed_isThatOfTheMomentForEachPiece() throws IOException {
    Content video = Mp4.ofSize(48 * KIB, 7);
    AtomicInteger asked = new AtomicInteger();
    Content paced =
        new PacedContent(
            video,
            () -> {
              asked.incrementAndGet();
              return Long.MAX_VALUE;
            });

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    paced.writeTo(out, 5, 40 * KIB);

    assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(video.bytes(), 5, 5 + 40 * KIB));
    assertThat(asked).hasValue(3);
    assertThat(paced.length()).isEqualTo(48 * KIB);
  }
}
