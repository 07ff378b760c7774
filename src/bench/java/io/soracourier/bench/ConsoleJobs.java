package io.soracourier.bench;

import io.soracourier.console.Sample;
import io.soracourier.local.StoredTable;
import io.soracourier.records.JobRecord;
import io.soracourier.records.JobRecord.Failure;
import io.soracourier.records.JobRecord.Service;
import io.soracourier.records.RecordSeeder;
import io.soracourier.records.RecordState;
import io.soracourier.records.RecordedVideo;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * Jobs for the console's list: the newest are being made, one in ten failed, the rest is copied.
 */
final class ConsoleJobs {
  static final int COUNT = 1_000;
  static final int MOVING = 50;
  private static final int FAILED_EVERY = 10;
  private static final int SECONDS_APART = 20;

  private final RecordSeeder seeder;
  private final Instant start = Instant.now();

  ConsoleJobs(StoredTable table) {
    this.seeder = new RecordSeeder(table);
  }

  void write() {
    seeder.write(IntStream.range(0, COUNT).mapToObj(index -> job(index, 0)).toList());
  }

  /** Those that are being made have gone on. */
  void move(int progress) {
    seeder.write(IntStream.range(0, MOVING).mapToObj(index -> job(index, progress)).toList());
  }

  private JobRecord job(int index, int progress) {
    String id = "video_68e7a8c3f1d08190a4b2c6d8%08x".formatted(index);
    Instant seen = start.minusSeconds((long) index * SECONDS_APART);
    Service service = new Service("in_progress", progress, null);
    if (index < MOVING) {
      return new Sample(id, RecordState.WAITING, seen, service, 12).record(Instant.now());
    }
    if (index % FAILED_EVERY == 0) {
      String sentence = "the video service refused the prompt: change it and make another job";
      return new Sample(id, RecordState.FAILED, seen, service, 9)
          .failure(new Failure("moderated", sentence))
          .record(start);
    }
    return new Sample(id, RecordState.COPIED, seen, service, 14).video(video(id)).record(start);
  }

  private static RecordedVideo video(String id) {
    String url = "https://account.blob.core.windows.net/videos/" + id + ".mp4";
    return new RecordedVideo(
        id, url, 4_700_000, "1B2M2Y8AsgTpgAmY7PhCfg==", 1280, 720, 8, null, null);
  }
}
