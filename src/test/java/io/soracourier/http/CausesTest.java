package io.soracourier.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class CausesTest {
  private final EOFException last = new EOFException("last");
  private final IOException middle = new IOException("middle", last);
  private final CompletionException first = new CompletionException(middle);

  @Test
  void rootOfAFailure_isItsLastCauseOrItself() {
    assertThat(Causes.root(first)).isSameAs(last);
    assertThat(Causes.root(last)).isSameAs(last);
  }

  @Test
  void failureThatSaysEnough_isTakenForTheRoot() {
    assertThat(Causes.root(first, IOException.class)).isSameAs(middle);
    assertThat(Causes.root(first, InterruptedException.class)).isSameAs(last);
  }

  @Test
  void failureOfAType_isFoundBehindOthers() {
    assertThat(Causes.find(first, EOFException.class)).containsSame(last);
    assertThat(Causes.find(first, CompletionException.class)).containsSame(first);
    assertThat(Causes.find(first, InterruptedException.class)).isEmpty();
  }

  @Test
  void causesThatLeadInACircle_haveAnEnd() {
    IOException outer = new IOException("outer");
    outer.initCause(new IOException("inner", outer));

    assertThat(Causes.root(outer)).isInstanceOf(IOException.class);
    assertThat(Causes.find(outer, EOFException.class)).isEmpty();
  }
}
