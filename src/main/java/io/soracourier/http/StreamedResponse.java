package io.soracourier.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is pulled by a blocking reader. The event loop puts at most {@value
 * #WINDOW} buffers of {@value #MAX_PIECE} bytes in advance, so that a slow reader slows the sender
 * down instead of filling the memory.
 */
public final class StreamedResponse implements AutoCloseable {
  /**
   * Bytes that one event brings at most. So half a MiB waits in advance: more of it would only be
   * more that the collector finds alive and moves.
   */
  static final int MAX_PIECE = 32 * 1024;

  private static final int WINDOW = 16;
  private static final int REFILL = WINDOW / 2;
  private static final Object END = new Object();

  private final HttpClientResponse response;
  private final ConnectionUse connection;
  private final int earlier;
  private final Duration stallTimeout;
  private final Context context = Vertx.currentContext();
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final @Nullable EncodedBody encoded;
  private int taken;
  private boolean ended;

  /**
   * Must be called on the event loop, as the response arrives.
   *
   * @param connection that it comes by
   * @param earlier how many responses had come by it when its request was sent
   * @param stallTimeout for each piece of the body
   */
  StreamedResponse(
      HttpClientResponse response, ConnectionUse connection, int earlier, Duration stallTimeout) {
    this.response = response;
    this.connection = connection;
    this.earlier = earlier;
    this.stallTimeout = stallTimeout;
    String encoding = header("Content-Encoding");
    this.encoded =
        encoding != null && ContentEncoding.isKnown(encoding)
            ? new EncodedBody(this::take, encoding)
            : null;
    response.pause();
    response.exceptionHandler(events::add);
    response.endHandler(nothing -> events.add(END));
    response.handler(events::add);
    response.fetch(WINDOW);
    if (isWhole()) {
      takeRest();
    } else {
      connection.atEnd(this::takeRest);
    }
  }

  /** On the event loop. */
  private boolean isWhole() {
    return connection.responses() > earlier;
  }

  /**
   * What has been received and not yet been read, some pieces, no longer waits in the connection:
   * there it would keep the next response from being received.
   */
  private void takeRest() {
    response.resume();
  }

  public int status() {
    return response.statusCode();
  }

  /** The first value of a header. */
  public @Nullable String header(String name) {
    return response.getHeader(name);
  }

  /** All headers, values by name. */
  public Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : response.headers().names()) {
      headers.put(name, response.headers().getAll(name));
    }
    return headers;
  }

  /**
   * Whether lengths and ranges are those of another form of the body than the one read here; known
   * for certain once some of it has been read.
   */
  public boolean isEncoded() {
    return encoded != null && !encoded.isPlain();
  }

  /** In words, that the body may be encoded in a way that cannot be read. */
  public Optional<String> unknownEncoding() {
    return ContentEncoding.unknown(header("Content-Encoding"));
  }

  /**
   * The next bytes of the body, decoded, or null at its end.
   *
   * @throws IOException when the connection broke, brought nothing for the stall timeout, or the
   *     body is not encoded as declared
   */
  public @Nullable Buffer next() throws IOException {
    try {
      return encoded == null ? take() : encoded.next();
    } catch (EOFException | ZipException malformed) {
      throw HttpFailure.ofResponse(malformed);
    }
  }

  /**
   * Hands the body over as it arrives.
   *
   * @param reader of each piece, decoded; returns whether it wants another
   * @param within the time for all of it
   * @throws IOException as {@link #next()}; also when it takes longer
   */
  public void read(Predicate<Buffer> reader, Duration within) throws IOException {
    long end = System.nanoTime() + within.toNanos();
    Buffer next = next();
    while (next != null && reader.test(next)) {
      if (System.nanoTime() - end > 0) {
        throw HttpFailure.ofResponse("the response took longer than " + within.toMillis() + " ms");
      }
      next = next();
    }
  }

  private @Nullable Buffer take() throws IOException {
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
      throw HttpFailure.ofResponse("no byte came for " + stallTimeout.toMillis() + " ms");
    }
    if (event == END) {
      ended = true;
      return null;
    }
    if (event instanceof Throwable failure) {
      throw HttpFailure.ofResponse(failure);
    }
    if (++taken == REFILL) {
      taken = 0;
      context.runOnContext(nothing -> response.fetch(REFILL));
    }
    return (Buffer) event;
  }

  /** Closes the connection unless the body has been received to its end. */
  @Override
  public void close() {
    if (!ended) {
      context.runOnContext(nothing -> giveUp());
    }
  }

  private void giveUp() {
    if (!isWhole()) {
      response.request().reset();
    }
  }
}
