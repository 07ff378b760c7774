package io.soracourier.content;

import io.soracourier.http.StreamedResponse;
import io.soracourier.sora.ReceivedJson;
import io.soracourier.text.ReceivedText;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response, received no faster than it is read. Its beginning can be read in advance:
 * the next reader gets it again.
 */
public final class ContentBody {
  private final StreamedResponse response;
  private final Duration stallTimeout;
  private Buffer peeked = Buffer.buffer();
  private @Nullable IOException failure;

  /**
   * @param stallTimeout for all of a body that is read as text
   */
  ContentBody(StreamedResponse response, Duration stallTimeout) {
    this.response = response;
    this.stallTimeout = stallTimeout;
  }

  /**
   * The next bytes, or null at the end.
   *
   * @throws IOException when the connection broke or brought nothing for the stall timeout
   */
  public @Nullable Buffer next() throws IOException {
    if (peeked.length() > 0) {
      Buffer beginning = peeked;
      peeked = Buffer.buffer();
      return beginning;
    }
    return received();
  }

  /** At least so many bytes of the beginning, or all there are; they remain unread. */
  Buffer peek(int bytes) {
    try {
      while (peeked.length() < bytes) {
        Buffer next = received();
        if (next == null) {
          break;
        }
        peeked = peeked.length() == 0 ? next : peeked.copy().appendBuffer(next);
      }
    } catch (IOException cut) {
      // the next reader gets it
      failure = cut;
    }
    return peeked;
  }

  /** What of the beginning comes within the stall timeout, as text. */
  String text(int longest) {
    Buffer text = Buffer.buffer();
    readWhile(next -> text.appendBuffer(next).length() < longest);
    return ReceivedText.of(text.getBytes(0, Math.min(text.length(), longest)));
  }

  /** What of a job's JSON comes within the stall timeout, without the ends of long texts. */
  String json() {
    ReceivedJson json = new ReceivedJson();
    readWhile(next -> json.add(next.getBytes()));
    return json.text();
  }

  /** What broke it while it was read as text or in advance. */
  @Nullable IOException failure() {
    return failure;
  }

  private void readWhile(Predicate<Buffer> wantsMore) {
    long end = System.nanoTime() + stallTimeout.toNanos();
    try {
      Buffer next = next();
      while (next != null && wantsMore.test(next)) {
        next = System.nanoTime() < end ? next() : null;
      }
    } catch (IOException cut) {
      // what came before is all there is to show
      failure = cut;
    }
  }

  private @Nullable Buffer received() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return response.next();
  }
}
