package io.soracourier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.lifecycle.TimeLimits.Limit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeLimitsTest {
  private final TimeLimits limits = new TimeLimits();

  @AfterEach
  void close() {
    limits.close();
  }

  @Test
  void limitThatIsReached_interruptsUntilTheThreadHasLetGo() {
    CountDownLatch never = new CountDownLatch(1);
    try (Limit limit = limits.begin(Duration.ofMillis(1))) {
      assertThatThrownBy(never::await).isInstanceOf(InterruptedException.class);
      assertThatThrownBy(never::await).isInstanceOf(InterruptedException.class);
      assertThat(limit.reached()).isTrue();
      Thread.currentThread().interrupt();
    }

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void limitThatIsNotReached_keepsAnInterruptionOfOthers() {
    try (Limit limit = limits.begin(Duration.ofHours(1))) {
      Thread.currentThread().interrupt();
      assertThat(limit.reached()).isFalse();
    }

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void limitThatWasClosed_isForgottenAtOnce() {
    for (int i = 0; i < 1000; i++) {
      limits.begin(Duration.ofHours(1)).close();
    }

    assertThat(limits.open()).isZero();
  }

  @Test
  void limitThatWasClosed_interruptsNothing() throws InterruptedException {
    Limit closed = limits.begin(Duration.ofMillis(1));
    closed.close();

    try (Limit later = limits.begin(Duration.ofMillis(2))) {
      assertThatThrownBy(new CountDownLatch(1)::await).isInstanceOf(InterruptedException.class);
      assertThat(later.reached()).isTrue();
    }
    assertThat(new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS)).isFalse();
  }
}
