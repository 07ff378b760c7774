package io.soracourier.console;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobHttpHeaders;
import io.soracourier.local.Command;
import io.soracourier.local.DebianTool;
import io.soracourier.local.LocalStack;
import io.soracourier.local.StoredTable;
import io.soracourier.records.JobRecord;
import io.soracourier.records.JobRecord.Copy;
import io.soracourier.records.JobRecord.Failure;
import io.soracourier.records.JobRecord.Service;
import io.soracourier.records.RecordSeeder;
import io.soracourier.records.RecordState;
import io.soracourier.records.RecordedVideo;
import io.soracourier.records.Trouble;
import io.soracourier.records.Trouble.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jobs of each state with the same ids and ages each time, and videos that play. */
final class SampleJobs {
  static final String WAITING = "video_68e7a8c3f1d08190a4b2c6d8e0f1a3b5";
  static final String COPYING = "video_68e7a7f02b948190b1d3e5f7a9c0b2d4";
  static final String TROUBLED = "task_01k75f2h5mfbv8sd9x3q6zj4ra";
  static final String FAILED = "video_68e79f1c6d0c8190c7e9a1b3d5f7092b";

  /** Pictures that ffmpeg makes by itself. */
  private static final List<String> PICTURES =
      List.of(
          "mandelbrot=size=640x360:rate=12:start_scale=0.7:end_scale=0.02:end_pts=40",
          "gradients=size=640x360:rate=12:seed=4:c0=0x0b3954:c1=0xbfd7ea:c2=0xff6663:nb_colors=3",
          "life=size=160x90:rate=12:seed=7:mold=10:ratio=0.2:death_color=0x16324f:life_color=0xf4d35e",
          "mandelbrot=size=640x360:rate=12:start_x=-0.1:start_y=-0.9:start_scale=0.5:end_scale=0.02:end_pts=60:inner=convergence",
          "testsrc2=size=640x360:rate=12",
          "gradients=size=640x360:rate=12:seed=9:c0=0x2d1e2f:c1=0xf15946:c2=0xf9c22e:c3=0x53b3cb:nb_colors=4");

  private final LocalStack stack;
  private final Instant now = Instant.now();
  private final List<JobRecord> jobs = new ArrayList<>();

  private SampleJobs(LocalStack stack) {
    this.stack = stack;
  }

  /**
   * @param folder for the videos
   */
  static void write(LocalStack stack, Path folder) {
    SampleJobs samples = new SampleJobs(stack);
    samples.add();
    for (int i = 0; i < PICTURES.size(); i++) {
      samples.addCopied(i, samples.store(i, folder));
    }
    StoredTable table = stack.table("jobs");
    table.createIfMissing();
    new RecordSeeder(table).write(samples.jobs);
  }

  private void add() {
    Instant expires = now.plus(Duration.ofMinutes(95));
    job(WAITING, RecordState.WAITING, 20, new Service("in_progress", 63, null), 12, null, null);
    Copy copy = new Copy(COPYING, 11_534_336, 18_874_368L);
    job(COPYING, RecordState.COPYING, 75, new Service("completed", 100, expires), 17, copy, null);
    Trouble trouble =
        new Trouble(
            Source.SERVICE,
            "the video service returned 429: too many requests; it is requested again later",
            now.minusSeconds(9));
    job(TROUBLED, RecordState.WAITING, 140, new Service("running", null, null), 21, null, trouble);
    add(
        record(FAILED, RecordState.FAILED, 900, new Service("failed", null, null), 9)
            .failure(
                new Failure(
                    "moderated",
                    "the video service refused the prompt: change it and make another job")));
  }

  private void job(
      String id,
      RecordState state,
      int secondsAgo,
      Service service,
      int looks,
      Copy copy,
      Trouble trouble) {
    add(record(id, state, secondsAgo, service, looks).copy(copy).trouble(trouble));
  }

  private void addCopied(int index, RecordedVideo video) {
    Service completed = new Service("completed", 100, now.plus(Duration.ofHours(20)));
    add(
        record(video.generationId(), RecordState.COPIED, 180 + 420 * index, completed, 14 + index)
            .video(video));
  }

  private Sample record(String id, RecordState state, int secondsAgo, Service service, int looks) {
    return new Sample(id, state, now.minusSeconds(secondsAgo), service, looks);
  }

  private void add(Sample sample) {
    jobs.add(sample.record(now));
  }

  /** Makes a video and puts it where the courier would. */
  private RecordedVideo store(int index, Path folder) {
    String id = "video_68e7a%d00c2d48190a1b2c3d4e5f60718".formatted(index);
    Path file = folder.resolve(id + ".mp4");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(DebianTool.FFMPEG.path().toString(), "-v", "error", "-y"));
    command.addAll(List.of("-f", "lavfi", "-i", PICTURES.get(index), "-t", "4"));
    command.addAll(List.of("-vf", "scale=640:360:flags=neighbor", "-c:v", "libx264"));
    command.addAll(List.of("-preset", "veryfast", "-crf", "30", "-pix_fmt", "yuv420p"));
    command.addAll(List.of("-movflags", "+faststart", file.toString()));
    Command made = Command.run(folder, command);
    if (made.exitCode() != 0) {
      throw new IllegalStateException(made.lastLine());
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      BlobClient blob = stack.container().getBlobClient(id + ".mp4");
      blob.upload(BinaryData.fromBytes(bytes), true);
      blob.setHttpHeaders(new BlobHttpHeaders().setContentType("video/mp4"));
      blob.setMetadata(Map.of("jobid", id, "generationid", id));
      return new RecordedVideo(
          id, blob.getBlobUrl(), bytes.length, "", 640, 360, 4, thumbnail(id, file, folder), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts one of its frames beside it. */
  private String thumbnail(String id, Path video, Path folder) {
    Path file = folder.resolve(id + ".jpg");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(DebianTool.FFMPEG.path().toString(), "-v", "error", "-y"));
    command.addAll(List.of("-ss", "2", "-i", video.toString(), "-frames:v", "1", file.toString()));
    Command made = Command.run(folder, command);
    if (made.exitCode() != 0) {
      throw new IllegalStateException(made.lastLine());
    }
    BlobClient blob = stack.container().getBlobClient(id + ".thumbnail.jpg");
    blob.upload(BinaryData.fromFile(file), true);
    blob.setHttpHeaders(new BlobHttpHeaders().setContentType("image/jpeg"));
    blob.setMetadata(Map.of("jobid", id, "generationid", id));
    return blob.getBlobUrl();
  }
}
