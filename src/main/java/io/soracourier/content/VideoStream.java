package io.soracourier.content;

import io.soracourier.http.HttpFailure;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import io.soracourier.url.RefusedUrlException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a video. Resumes an interrupted download with a range request when the service
 * supports it and the content is unchanged. Transparent to the reader.
 */
public final class VideoStream implements AutoCloseable {
  /** Bytes before an interruption that are requested again: what comes must begin with them. */
  static final int OVERLAP = 8;

  private static final int MAX_CUTS = 100;
  private static final int MAX_CUTS_WITHOUT_A_BYTE = 3;

  private final ContentClient client;
  private final SoraErrors errors;
  private final Candidate candidate;
  private final @Nullable String validator;
  private final boolean ranges;

  /** As declared, or else as the first response to a range has it; -1 until then. */
  private long length;

  private ContentResponse response;
  private ByteBuffer received = ByteBuffer.allocate(0);
  private final byte[] last = new byte[OVERLAP];
  private int repeated;
  private long position;
  private long positionOfLastCut = -1;
  private int cuts;
  private int cutsWithoutAByte;

  /**
   * @param candidate what was requested, and is requested again after an interruption
   * @param response its response; its body is unread
   */
  VideoStream(
      ContentClient client, SoraErrors errors, Candidate candidate, ContentResponse response) {
    this.client = client;
    this.errors = errors;
    this.candidate = candidate;
    this.response = response;
    this.length = response.declaredLength();
    this.ranges =
        !response.isEncoded() && "bytes".equalsIgnoreCase(response.header("Accept-Ranges"));
    this.validator = response.validator();
  }

  /** The length in bytes that the service declared. */
  public OptionalLong length() {
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  /** Where it comes from, without what may be a signature. */
  public String source() {
    return candidate.printable();
  }

  /** How often the connection was cut and resumed. */
  public int cuts() {
    return cuts;
  }

  /**
   * The next bytes, where they were received, without a copy.
   *
   * @param most how many of them at most
   * @return at least one, with an array; or null at the end
   * @throws SoraException when the connection broke too often
   * @throws InterruptedDownloadException when it broke and cannot be resumed: start over
   */
  public @Nullable ByteBuffer read(int most) {
    while (!received.hasRemaining()) {
      try {
        Buffer next = response.body().next();
        if (next == null) {
          if (repeated == 0 && (length < 0 || position == length)) {
            return null;
          }
          throw HttpFailure.ofResponse(
              "the body ended after %d of %d bytes".formatted(position, length));
        }
        received = bytes(next);
        skipRepeated();
        refuseMoreThanDeclared();
      } catch (IOException cut) {
        resume(cut);
      }
    }
    int taken = Math.min(most, received.remaining());
    ByteBuffer bytes = received.slice(received.position(), taken);
    received.position(received.position() + taken);
    position += taken;
    remember(bytes);
    return bytes;
  }

  /** The buffers of responses are on the heap; one that is not would be copied there. */
  @SuppressWarnings("deprecation")
  private static ByteBuffer bytes(Buffer buffer) {
    ByteBuffer bytes = buffer.getByteBuf().nioBuffer();
    return bytes.hasArray() ? bytes : ByteBuffer.wrap(buffer.getBytes());
  }

  private void remember(ByteBuffer bytes) {
    int fresh = Math.min(bytes.remaining(), OVERLAP);
    System.arraycopy(last, fresh, last, 0, OVERLAP - fresh);
    bytes.get(bytes.limit() - fresh, last, OVERLAP - fresh, fresh);
  }

  private void skipRepeated() {
    while (repeated > 0 && received.hasRemaining()) {
      if (received.get() != last[OVERLAP - repeated--]) {
        throw startOver("the resumed data does not match the content before");
      }
    }
  }

  private void refuseMoreThanDeclared() {
    if (length >= 0 && received.remaining() > length - position) {
      throw startOver("the body has more than its %d bytes".formatted(length));
    }
  }

  private InterruptedDownloadException startOver(String why) {
    return startOver(HttpFailure.ofResponse(why));
  }

  private InterruptedDownloadException startOver(IOException why) {
    return new InterruptedDownloadException(errors.withoutResponse(response.shownUri(), why));
  }

  private void resume(IOException cut) {
    response.close();
    cutsWithoutAByte = position == positionOfLastCut ? cutsWithoutAByte + 1 : 1;
    positionOfLastCut = position;
    boolean notWanted = Thread.currentThread().isInterrupted();
    if (notWanted || ++cuts > MAX_CUTS || cutsWithoutAByte > MAX_CUTS_WITHOUT_A_BYTE) {
      throw errors.withoutResponse(response.shownUri(), cut);
    }
    if (!ranges || validator == null) {
      throw startOver(cut);
    }
    repeated = (int) Math.min(OVERLAP, position);
    String range = "bytes=" + (position - repeated) + "-";
    ContentResponse rest;
    try {
      rest = client.get(candidate, Map.of("Range", range, "If-Range", validator));
    } catch (SoraException e) {
      throw e.isTransient() ? e : new InterruptedDownloadException(e);
    } catch (RefusedUrlException e) {
      // Of a redirect; whether that is final is for who searches for the content.
      throw startOver(cut);
    }
    response = rest;
    if (!continues(rest)) {
      throw startOver(cut);
    }
  }

  /** Then the whole has as many bytes as it says. */
  private boolean continues(ContentResponse rest) {
    Optional<ContentRange> range = ContentRange.of(rest).filter(this::isRest);
    boolean same =
        rest.status() == 206
            && range.isPresent()
            && validator != null
            && validator.equals(rest.validator());
    if (same) {
      length = range.get().total();
    }
    return same;
  }

  private boolean isRest(ContentRange range) {
    return range.first() == position - repeated
        && range.isToTheEnd()
        && range.total() >= position
        && (length < 0 || range.total() == length);
  }

  @Override
  public void close() {
    response.close();
  }
}
