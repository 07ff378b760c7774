package io.soracourier.content;

import io.soracourier.sora.ContentEncoding;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One answer, whose body is pulled by a blocking reader. The event loop puts at most {@value
 * #WINDOW} buffers of {@value #LARGEST_PIECE} bytes in advance, so that a slow reader slows the
 * sender down instead of filling the memory.
 */
final class ContentAnswer implements AutoCloseable {
  /**
   * What one event brings at most. So half a MiB waits in advance: more of it would only be more
   * that the collector finds alive and moves.
   */
  static final int LARGEST_PIECE = 32 * 1024;

  private static final int WINDOW = 16;
  private static final int REFILL = WINDOW / 2;
  private static final Object END = new Object();
  private static final String ENCODING = "Content-Encoding";

  private final Candidate candidate;
  private final HttpClientResponse response;
  private final Duration stallTimeout;
  private final Context context = Vertx.currentContext();
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final EncodedBody encoded;
  private Buffer peeked = Buffer.buffer();
  private IOException failure;
  private int taken;
  private boolean ended;

  /** To be called on the event loop, as the response arrives. */
  ContentAnswer(Candidate candidate, HttpClientResponse response, Duration stallTimeout) {
    this.candidate = candidate;
    this.response = response;
    this.stallTimeout = stallTimeout;
    this.encoded = isEncoded() ? new EncodedBody(this::take, header(ENCODING)) : null;
    response.pause();
    response.exceptionHandler(events::add);
    response.endHandler(nothing -> events.add(END));
    response.handler(events::add);
    response.fetch(WINDOW);
  }

  /** Where it came from, after redirects. */
  URI uri() {
    return candidate.uri();
  }

  /** The same for evidence, without secrets. */
  URI shownUri() {
    return candidate.shown();
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.getHeader(name);
  }

  /** All headers, values by name. */
  Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : response.headers().names()) {
      headers.put(name, response.headers().getAll(name));
    }
    return headers;
  }

  /** Whether lengths and ranges are those of another form of the body than the one read here. */
  boolean isEncoded() {
    return !ContentEncoding.isNone(header(ENCODING));
  }

  /** Whether the body begins as an MP4 does; reads nothing away. */
  boolean beginsWithFtyp() {
    Buffer beginning = peek(8);
    return beginning.length() >= 8
        && beginning.getString(4, 8, StandardCharsets.ISO_8859_1.name()).equals("ftyp");
  }

  /** Whether the body may be a JSON object or array; reads nothing away. */
  boolean beginsWithJson() {
    String beginning = peek(1).toString(StandardCharsets.UTF_8).stripLeading();
    return beginning.startsWith("{") || beginning.startsWith("[");
  }

  /** What broke the body while its beginning was read, or null. */
  IOException cut() {
    return failure;
  }

  /** At least so many bytes of the beginning, or all there are, left to be read. */
  private Buffer peek(int bytes) {
    try {
      while (peeked.length() < bytes) {
        Buffer next = taken();
        if (next == null) {
          break;
        }
        peeked = peeked.length() == 0 ? next : peeked.copy().appendBuffer(next);
      }
    } catch (IOException cut) {
      // whoever reads on will meet it
      failure = cut;
    }
    return peeked;
  }

  /**
   * The next bytes of the body, or null at its end.
   *
   * @throws IOException when the connection broke or brought nothing for the stall timeout
   */
  Buffer next() throws IOException {
    if (peeked.length() > 0) {
      Buffer beginning = peeked;
      peeked = Buffer.buffer();
      return beginning;
    }
    return taken();
  }

  private Buffer taken() throws IOException {
    return encoded == null ? take() : encoded.next();
  }

  private Buffer take() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (ended) {
      return null;
    }
    Object event;
    try {
      event = events.poll(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (event == null) {
      throw new IOException("no byte came for " + stallTimeout.toMillis() + " ms");
    }
    if (event == END) {
      ended = true;
      return null;
    }
    if (event instanceof Throwable failure) {
      throw new IOException(failure.getMessage(), failure);
    }
    if (++taken == REFILL) {
      taken = 0;
      context.runOnContext(nothing -> response.fetch(REFILL));
    }
    return (Buffer) event;
  }

  /** What of the body's beginning comes within the stall timeout, as text. */
  String text(int longest) {
    long end = System.nanoTime() + stallTimeout.toNanos();
    Buffer text = Buffer.buffer();
    try {
      Buffer next = next();
      while (next != null && text.appendBuffer(next).length() < longest) {
        next = System.nanoTime() < end ? next() : null;
      }
    } catch (IOException cut) {
      // what came before is all there is to show
      failure = cut;
    }
    return text.getString(0, Math.min(text.length(), longest), StandardCharsets.UTF_8.name());
  }

  /** Cuts the connection unless the body has been read to its end. */
  @Override
  public void close() {
    if (!ended) {
      context.runOnContext(nothing -> response.request().reset());
    }
  }
}
