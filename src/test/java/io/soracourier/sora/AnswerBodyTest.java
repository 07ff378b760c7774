package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerBodyTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void body_isTextInUtf8() throws IOException {
    byte[] body = "{\"prompt\":\"ein Papierboot – 船\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(AnswerBody.read(new ByteArrayInputStream(body), null, MINUTE))
        .isEqualTo("{\"prompt\":\"ein Papierboot – 船\"}");
  }

  @Test
  void noBody_isEmpty() throws IOException {
    assertThat(AnswerBody.read(null, null, MINUTE)).isEmpty();
  }

  @Test
  void endlessBody_isGivenUpAndClosed() {
    Endless endless = new Endless();

    assertThatThrownBy(() -> AnswerBody.read(endless, null, MINUTE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than 1048576 bytes");
    assertThat(endless.closed).isTrue();
  }

  @Test
  void bodyThatTricklesOn_isGivenUpAndClosed() {
    Endless endless = new Endless();

    assertThatThrownBy(() -> AnswerBody.read(endless, null, Duration.ZERO))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("took longer than 0 ms");
    assertThat(endless.closed).isTrue();
  }

  private static final class Endless extends InputStream {
    private boolean closed;

    @Override
    public int read() {
      return 'x';
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return length;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
