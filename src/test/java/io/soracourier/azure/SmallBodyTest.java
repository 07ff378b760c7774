package io.soracourier.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.Test;

/** A body that should be small, by a server that may send anything. */
class SmallBodyTest {
  private static final Duration LONG = Duration.ofDays(1);
  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void body_isReadAndClosed() throws IOException {
    assertThat(read("<a>\u00e4</a>".getBytes(UTF_8))).isEqualTo("<a>\u00e4</a>");
    assertThat(closed).hasValue(1);
  }

  @Test
  void missingBody_isEmpty() throws IOException {
    assertThat(SmallBody.of(RestResponse.ok(null), LONG)).isEmpty();
  }

  @Test
  void bodyWithoutEnd_isReadUpToItsLimitAndClosed() throws IOException {
    AtomicInteger bytes = new AtomicInteger();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            bytes.incrementAndGet();
            return 'a';
          }
        };

    assertThat(SmallBody.of(response(endless), LONG)).hasSize(16 * 1024);
    assertThat(bytes).hasValue(16 * 1024);
    assertThat(closed).hasValue(1);
  }

  @Test
  void bodyThatTakesTooLong_isGivenUpAndClosed() {
    InputStream oneByteAtATime =
        new InputStream() {
          @Override
          public int read() {
            return 'a';
          }

          @Override
          public int read(byte[] piece, int from, int length) {
            piece[from] = 'a';
            return 1;
          }
        };

    assertThatThrownBy(() -> SmallBody.of(response(oneByteAtATime), Duration.ofNanos(-1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("takes too long");
    assertThat(closed).hasValue(1);
  }

  @Test
  void threadInterruptedWhileReading_staysInterrupted() {
    InputStream interrupted =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new InterruptedIOException();
          }
        };

    assertThatThrownBy(() -> SmallBody.of(response(interrupted), LONG))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private String read(byte[] body) throws IOException {
    return SmallBody.of(response(new ByteArrayInputStream(body)), LONG);
  }

  private RestResponse<InputStream> response(InputStream body) {
    return RestResponse.ok(
        new FilterInputStream(body) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        });
  }
}
