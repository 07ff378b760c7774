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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Requests a picture, once, and receives it whole. */
@ApplicationScoped
class PictureRequest {
  static final int MAX_MIB = 20;
  static final int MAX_BYTES = MAX_MIB * 1024 * 1024;

  /** Nearly all have less, and as many at a time as there are looks fit into the heap. */
  private static final int SMALL = 1024 * 1024;

  private static final int OK = 200;

  /** A server without such pictures answers with one of these. */
  private static final Set<Integer> NONE = Set.of(204, 400, 404, 405, 406, 410, 415, 422, 501);

  private final ContentClient client;

  /** One large picture at a time: the heap is that of the copies. */
  private final Semaphore large = new Semaphore(1);

  PictureRequest(ContentClient client) {
    this.client = client;
  }

  /**
   * A picture, or why there is none. To be closed when its bytes are not needed any more.
   *
   * @param format null where there is none, as are the bytes
   */
  record Received(PictureFormat format, byte[] bytes, Why missing, Runnable end)
      implements AutoCloseable {
    private static Received without(Why why) {
      return new Received(null, null, why, () -> {});
    }

    @Override
    public void close() {
      end.run();
    }
  }

  /**
   * @param uri its documented address
   */
  Received send(VideoApi api, URI uri) {
    try (ContentResponse response = client.requestDocumented(api, uri)) {
      if (response.status() != OK) {
        return Received.without(NONE.contains(response.status()) ? Why.NOT_OFFERED : Why.FAILED);
      }
      return receive(response);
    } catch (IOException e) {
      return Received.without(Why.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Received.without(Why.FAILED);
    }
  }

  private Received receive(ContentResponse response) throws IOException, InterruptedException {
    Buffer bytes = Buffer.buffer();
    Received received = Received.without(Why.FAILED);
    boolean isLarge = false;
    try {
      for (Buffer next = response.next(); next != null; next = response.next()) {
        bytes.appendBuffer(next);
        if (bytes.length() >= PictureBytes.BEGINNING && format(bytes).isEmpty()) {
          return Received.without(Why.NOT_OFFERED);
        }
        if (bytes.length() > MAX_BYTES) {
          return Received.without(Why.TOO_LARGE);
        }
        if (bytes.length() > SMALL && !isLarge) {
          large.acquire();
          isLarge = true;
        }
      }
      received = checked(bytes, isLarge ? large::release : () -> {});
      return received;
    } finally {
      if (isLarge && received.missing() != null) {
        large.release();
      }
    }
  }

  private static Received checked(Buffer received, Runnable end) {
    Optional<PictureFormat> format = format(received);
    if (format.isEmpty()) {
      return Received.without(Why.NOT_OFFERED);
    }
    byte[] bytes = received.getBytes();
    return PictureBytes.isWhole(format.get(), bytes)
        ? new Received(format.get(), bytes, null, end)
        : Received.without(Why.FAILED);
  }

  private static Optional<PictureFormat> format(Buffer bytes) {
    return PictureBytes.format(bytes.getBytes(0, Math.min(bytes.length(), PictureBytes.BEGINNING)));
  }
}
