package io.soracourier.storage;

import io.soracourier.storage.Commit.Outcome;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A container in memory that fails as a test says, for tests of other packages. */
public final class MemoryContainer extends VideoContainer {
  private static final Instant MODIFIED = Instant.parse("2026-11-22T10:02:11Z");

  private final Map<String, Blob> blobs = new ConcurrentHashMap<>();
  private final List<Integer> blocks = new CopyOnWriteArrayList<>();
  private volatile RuntimeException onFind;
  private volatile RuntimeException onStage;
  private volatile Runnable whileStaging = () -> {};

  public MemoryContainer() {
    super(
        null,
        new StorageSettings(
            URI.create("https://acct.blob.core.windows.net"),
            URI.create("https://acct.queue.core.windows.net"),
            null,
            "videos"));
  }

  /** What storage throws when it does not let anyone in. */
  public static StorageException denied() {
    return StorageException.unsendable(StorageException.Kind.DENIED, "Put Block videos/x", "403");
  }

  public static StorageException unavailable() {
    return StorageException.unanswered("Put Block videos/x", new RuntimeException());
  }

  /** What storage throws when the name has a blob of another kind. */
  public static StorageException occupied() {
    return StorageException.occupied("Get Blob Properties videos/x", "an append blob", "move it");
  }

  /** What storage throws when something else answers in its place. */
  public static StorageException foreign() {
    return StorageException.refused(
        "Put Block videos/x", new StorageResponse(302, Map.of()).refusal(false));
  }

  public void failFind(RuntimeException failure) {
    onFind = failure;
  }

  public void failStage(RuntimeException failure) {
    onStage = failure;
  }

  /** Runs while a block is under way. */
  public void whileStaging(Runnable action) {
    whileStaging = action;
  }

  /** Somebody puts a blob there. */
  public void put(String name, byte[] bytes, String md5, Map<String, String> metadata) {
    blobs.put(
        name, new Blob(bytes, new StoredVideo(url(name), bytes.length, md5, MODIFIED, metadata)));
  }

  /** The bytes of a blob, or null. */
  public byte[] bytes(String name) {
    return blobs.containsKey(name) ? blobs.get(name).bytes() : null;
  }

  /** The sizes of all blocks that were staged. */
  public List<Integer> blocks() {
    return blocks;
  }

  @Override
  public Optional<StoredVideo> find(String name) {
    if (onFind != null) {
      throw onFind;
    }
    return Optional.ofNullable(blobs.get(name)).map(Blob::video);
  }

  @Override
  public BlockUpload begin(String name) {
    return new MemoryUpload(name);
  }

  @Override
  public BlockUpload beginComparison(String name) {
    return new MemoryUpload(name);
  }

  private record Blob(byte[] bytes, StoredVideo video) {}

  private final class MemoryUpload extends BlockUpload {
    private final String name;
    private final Map<Integer, byte[]> staged = new ConcurrentSkipListMap<>();
    private int added;

    MemoryUpload(String name) {
      super(MemoryContainer.this, null, "videos", name, UUID.randomUUID());
      this.name = name;
    }

    @Override
    public Runnable add(ByteBuffer block, byte[] md5) {
      int index = added++;
      return () -> stage(index, block, md5);
    }

    private void stage(int index, ByteBuffer block, byte[] md5) {
      whileStaging.run();
      if (onStage != null) {
        throw onStage;
      }
      byte[] bytes = new byte[block.remaining()];
      block.duplicate().get(bytes);
      if (!Base64.getEncoder().encodeToString(md5).equals(Digests.base64Md5(bytes))) {
        throw new IllegalArgumentException("the MD5 is another block's");
      }
      blocks.add(bytes.length);
      staged.put(index, bytes);
    }

    @Override
    public Commit commit(byte[] wholeMd5, VideoMetadata metadata) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      staged.values().forEach(whole::writeBytes);
      String md5 = Base64.getEncoder().encodeToString(wholeMd5);
      StoredVideo video = new StoredVideo(url(name), whole.size(), md5, MODIFIED, metadata.asMap());
      Blob there = blobs.putIfAbsent(name, new Blob(whole.toByteArray(), video));
      if (there == null) {
        return new Commit(Outcome.COMMITTED, video);
      }
      boolean same =
          Arrays.equals(whole.toByteArray(), there.bytes())
              && !metadata.isContradictedBy(there.video().metadata());
      return new Commit(
          same ? Outcome.SAME_ALREADY_THERE : Outcome.OTHER_ALREADY_THERE,
          there.video().withContentMd5(Digests.base64Md5(there.bytes())));
    }
  }
}
