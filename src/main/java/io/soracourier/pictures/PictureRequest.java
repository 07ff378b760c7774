package io.soracourier.pictures;

import io.soracourier.content.ContentClient;
import io.soracourier.content.ContentResponse;
import io.soracourier.pictures.Picture.Why;
import io.soracourier.sora.VideoApi;
import io.soracourier.storage.PictureFormat;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Requests a picture, once, and receives it whole. */
@ApplicationScoped
class PictureRequest {
  static final int MAX_MIB = 20;

  /** The rest of the heap is that of copies and of everything else. */
  private static final int PART_OF_THE_HEAP = 12;

  /** Nearly all have less; as many of them as there are slots fit beside everything else. */
  private static final int SMALL = 512 * 1024;

  private static final int FIRST = 64 * 1024;

  /** Of the heap for each slot: a small picture, and as much that was received in advance. */
  private static final int PER_SLOT = 1024 * 1024;

  /** A server without such pictures responds with one of these. */
  private static final Set<Integer> NONE = Set.of(204, 400, 404, 405, 406, 410, 415, 422, 501);

  private final ContentClient client;
  private final Semaphore slots = new Semaphore(Math.max(1, ofTheHeap() / PER_SLOT), true);
  private final Semaphore large = new Semaphore(1, true);

  PictureRequest(ContentClient client) {
    this.client = client;
  }

  /** In bytes: {@value #MAX_MIB} MiB, or less where the heap is small. */
  static int max() {
    return Math.min(MAX_MIB * 1024 * 1024, ofTheHeap());
  }

  private static int ofTheHeap() {
    return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / PART_OF_THE_HEAP);
  }

  /** Must be closed when its bytes are not needed any more. */
  sealed interface Received extends AutoCloseable {
    @Override
    void close();

    /** A picture. */
    record Whole(PictureFormat format, ByteBuffer bytes, Runnable end) implements Received {
      @Override
      public void close() {
        end.run();
      }
    }

    /** There is none, or none that may be stored. */
    record Missing(Why why) implements Received {
      @Override
      public void close() {}
    }
  }

  /**
   * Blocks while as many pictures as may be are received and stored by others.
   *
   * @param uri its documented address
   * @throws io.soracourier.sora.SoraException when there was no response, or the server failed
   * @throws io.soracourier.url.RefusedUrlException when a redirect is not followed
   * @throws IOException when it was not received completely, or this thread was interrupted
   */
  Received send(VideoApi api, URI uri) throws IOException {
    boolean isLarge = false;
    boolean hasSlot = false;
    Received received = new Received.Missing(Why.FAILED);
    try {
      slots.acquire();
      hasSlot = true;
      try (ContentResponse response = client.requestDocumented(api, uri)) {
        if (NONE.contains(response.status())) {
          return new Received.Missing(Why.NOT_OFFERED);
        }
        client.expectContent(response);
        ByteBuffer bytes = ByteBuffer.allocate(FIRST);
        for (Buffer next = response.body().next(); next != null; next = response.body().next()) {
          if (bytes.position() + next.length() > max()) {
            return new Received.Missing(Why.TOO_LARGE);
          }
          if (bytes.position() + next.length() > SMALL && !isLarge) {
            large.acquire();
            isLarge = true;
          }
          bytes = withRoom(bytes, next.length());
          next.getBytes(bytes.array(), bytes.position());
          bytes.position(bytes.position() + next.length());
          if (isOther(bytes.duplicate().flip())) {
            return new Received.Missing(Why.NOT_OFFERED);
          }
        }
        received = checked(bytes.flip(), isLarge);
        return received;
      } catch (IOException e) {
        throw new IOException(
            "GET %s was not received completely: %s".formatted(uri.getPath(), e.getMessage()), e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      if (received instanceof Received.Missing) {
        release(hasSlot, isLarge);
      }
    }
  }

  private void release(boolean hasSlot, boolean isLarge) {
    if (hasSlot) {
      slots.release();
    }
    if (isLarge) {
      large.release();
    }
  }

  /** One that is too small becomes garbage immediately, so that there are two of it at most. */
  private static ByteBuffer withRoom(ByteBuffer bytes, int more) {
    if (bytes.remaining() >= more) {
      return bytes;
    }
    int size = Math.min(max(), Math.max(bytes.position() + more, bytes.capacity() * 3 / 2));
    return ByteBuffer.allocate(size).put(bytes.flip());
  }

  private static boolean isOther(ByteBuffer bytes) {
    return bytes.remaining() >= PictureBytes.BEGINNING && PictureBytes.format(bytes).isEmpty();
  }

  private Received checked(ByteBuffer bytes, boolean isLarge) throws IOException {
    Optional<PictureFormat> format = PictureBytes.format(bytes);
    if (format.isEmpty()) {
      return new Received.Missing(Why.NOT_OFFERED);
    }
    if (!PictureBytes.isWhole(format.get(), bytes)) {
      throw new IOException("its last bytes are missing");
    }
    return new Received.Whole(format.get(), bytes, () -> release(true, isLarge));
  }
}
