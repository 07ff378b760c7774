package io.soracourier.storage;

import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.UploadResult.Outcome;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A store in memory that fails as a test says. */
public final class MemoryVideoStore implements VideoStore {
  private static final Instant MODIFIED = Instant.parse("2026-11-22T10:02:11Z");

  private final Map<String, Kept> videos = new ConcurrentHashMap<>();
  private final List<Integer> blocks = new CopyOnWriteArrayList<>();
  private volatile RuntimeException onFind;
  private volatile RuntimeException onSend;
  private volatile Runnable whileSending = () -> {};
  private volatile Runnable whileFinding = () -> {};

  private record Kept(byte[] bytes, String md5, String jobId, String generationId) {}

  public void failFind(RuntimeException failure) {
    onFind = failure;
  }

  public void failSend(RuntimeException failure) {
    onSend = failure;
  }

  /** Runs while something is looked for. */
  public void whileFinding(Runnable action) {
    whileFinding = action;
  }

  /** Runs while a block is being sent, or a whole video. */
  public void whileSending(Runnable action) {
    whileSending = action;
  }

  /** Somebody else puts something there. */
  public void put(VideoRef where, byte[] bytes, String md5, String jobId, String generationId) {
    videos.put(where.generationId(), new Kept(bytes, md5, jobId, generationId));
  }

  /** The bytes of a video, or null. */
  public byte[] bytes(String generationId) {
    return videos.containsKey(generationId) ? videos.get(generationId).bytes() : null;
  }

  /** The sizes of all blocks that were sent. */
  public List<Integer> blocks() {
    return blocks;
  }

  @Override
  public Optional<StoredVideo> find(VideoRef video) {
    whileFinding.run();
    if (onFind != null) {
      throw onFind;
    }
    return Optional.ofNullable(videos.get(video.generationId())).map(kept -> stored(video, kept));
  }

  @Override
  public URI url(VideoRef video) {
    return URI.create("https://videos.example/" + video.generationId() + ".mp4");
  }

  @Override
  public Upload begin(VideoRef video) {
    return new MemoryUpload(video);
  }

  @Override
  public Upload beginComparison(VideoRef video) {
    return new Comparison(video);
  }

  @Override
  public int maxBlocks() {
    return 50_000;
  }

  @Override
  public long maxBytes() {
    return Long.MAX_VALUE;
  }

  private StoredVideo stored(VideoRef video, Kept kept) {
    return new StoredVideo(
        url(video),
        kept.bytes().length,
        kept.md5(),
        MODIFIED,
        Owner.of(video, kept.jobId(), kept.generationId()));
  }

  private UploadResult compare(VideoRef video, Kept there, long bytes, String md5) {
    StoredVideo stored = stored(video, there).withContentMd5(Digests.base64Md5(there.bytes()));
    boolean same =
        stored.bytes() == bytes
            && stored.contentMd5().equals(md5)
            && stored.owner().kind() != Owner.Kind.OTHER;
    return new UploadResult(
        same ? Outcome.SAME_ALREADY_THERE : Outcome.OTHER_ALREADY_THERE, stored);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static String base64(byte[] md5) {
    return Base64.getEncoder().encodeToString(md5);
  }

  private final class MemoryUpload implements Upload {
    private final VideoRef video;
    private final Map<Integer, byte[]> sent = new ConcurrentSkipListMap<>();
    private int added;

    MemoryUpload(VideoRef video) {
      this.video = video;
    }

    @Override
    public UploadResult store(List<ByteBuffer> pieces, byte[] md5) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      pieces.forEach(piece -> whole.writeBytes(bytes(piece)));
      whileSending.run();
      if (onSend != null) {
        throw onSend;
      }
      if (!Arrays.equals(md5, Digests.md5(whole.toByteArray()))) {
        throw new StorageException(Kind.CORRUPT, "the MD5 is another video's", null);
      }
      return put(whole.toByteArray(), md5);
    }

    @Override
    public Runnable add(ByteBuffer block, Supplier<byte[]> md5) {
      int index = added++;
      return () -> send(index, block, md5.get());
    }

    private void send(int index, ByteBuffer block, byte[] md5) {
      whileSending.run();
      if (onSend != null) {
        throw onSend;
      }
      byte[] bytes = bytes(block);
      if (!Arrays.equals(md5, Digests.md5(bytes))) {
        throw new StorageException(Kind.CORRUPT, "the MD5 is another block's", null);
      }
      blocks.add(bytes.length);
      sent.put(index, bytes);
    }

    @Override
    public UploadResult commit(byte[] wholeMd5) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      sent.values().forEach(whole::writeBytes);
      return put(whole.toByteArray(), wholeMd5);
    }

    private UploadResult put(byte[] whole, byte[] md5) {
      Kept mine = new Kept(whole, base64(md5), video.jobId(), video.generationId());
      Kept there = videos.putIfAbsent(video.generationId(), mine);
      return there == null
          ? new UploadResult(Outcome.COMMITTED, stored(video, mine))
          : compare(video, there, whole.length, mine.md5());
    }
  }

  private final class Comparison implements Upload {
    private final VideoRef video;
    private long bytes;

    Comparison(VideoRef video) {
      this.video = video;
    }

    @Override
    public UploadResult store(List<ByteBuffer> pieces, byte[] md5) {
      pieces.forEach(piece -> bytes += piece.remaining());
      return commit(md5);
    }

    @Override
    public Runnable add(ByteBuffer block, Supplier<byte[]> md5) {
      bytes += block.remaining();
      return () -> {};
    }

    @Override
    public UploadResult commit(byte[] wholeMd5) {
      Kept there = videos.get(video.generationId());
      if (there == null) {
        throw new StorageException(Kind.TRANSIENT, "what was there is gone", null);
      }
      return compare(video, there, bytes, base64(wholeMd5));
    }
  }
}
