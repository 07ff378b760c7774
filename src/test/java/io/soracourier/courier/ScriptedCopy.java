package io.soracourier.courier;

import io.soracourier.courier.CopySlots.Turn;
import io.soracourier.sora.Generation;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Copies everything in no time, but for the generations that a test lets fail. */
final class ScriptedCopy extends CopyWithoutTransfer {
  static final Instant COPIED_AT = Instant.parse("2026-11-22T10:02:11Z");

  private final Map<String, RuntimeException> failures = new HashMap<>();
  private final Map<String, CopyResult> results = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<VideoJob> jobs = new ArrayList<>();
  private final Map<String, CopyResult.Copied> earlier = new HashMap<>();
  private StorageException unknown;
  private String endless;
  private boolean found;

  void fail(String generationId, RuntimeException failure) {
    results.remove(generationId);
    failures.put(generationId, failure);
  }

  /** The same where nothing is thrown. */
  void fail(String generationId, CopyResult result) {
    failures.remove(generationId);
    results.put(generationId, result);
  }

  /** The copy waits until it is interrupted. */
  void neverEnd(String generationId) {
    endless = generationId;
  }

  /** Whether there is a video at the address, whatever fails then. */
  void findContent(boolean there) {
    found = there;
  }

  void repair() {
    failures.clear();
    results.clear();
  }

  /** The generations that were to be copied, in order. */
  List<String> asked() {
    return asked;
  }

  /** The jobs with which that was asked. */
  List<VideoJob> jobs() {
    return jobs;
  }

  /** It was stored before. */
  void store(String jobId, String generationId) {
    earlier.put(generationId, stored(jobId, generationId));
  }

  /** Nobody knows what is stored. */
  void failStorage(StorageException failure) {
    unknown = failure;
  }

  @Override
  Optional<CopyResult> earlier(VideoRef video, LookLog log) {
    if (unknown != null) {
      throw unknown;
    }
    return Optional.ofNullable(earlier.get(video.generationId()))
        .filter(copied -> video.jobId().equals(copied.video().owner().jobId()))
        .map(copied -> copied);
  }

  private static CopyResult.Copied stored(String jobId, String generationId) {
    return new CopyResult.Copied(
        new StoredVideo(
            URI.create("https://acct.blob.core.windows.net/videos/" + generationId + ".mp4"),
            1000,
            "1B2M2Y8AsgTpgAmY7PhCfg==",
            COPIED_AT,
            Owner.of(new VideoRef(jobId, generationId), jobId, generationId)),
        false);
  }

  @Override
  CopyResult copy(
      VideoJob job, Generation generation, Turn turn, Duration left, LookLog log, Runnable opened) {
    asked.add(generation.id());
    jobs.add(job);
    if (generation.id().equals(endless)) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    if (found) {
      opened.run();
    }
    if (failures.containsKey(generation.id())) {
      throw failures.get(generation.id());
    }
    if (results.containsKey(generation.id())) {
      return results.get(generation.id());
    }
    return new CopyResult.Copied(
        new StoredVideo(
            URI.create("https://acct.blob.core.windows.net/videos/" + generation.id() + ".mp4"),
            1000,
            "1B2M2Y8AsgTpgAmY7PhCfg==",
            COPIED_AT,
            Owner.of(new VideoRef(job.id().value(), generation.id()), null, null)),
        found);
  }
}
